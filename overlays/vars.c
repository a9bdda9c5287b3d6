#include "overlays/vars.h"
bool vars_add(struct overlay_run *run, struct accumulator *acc, struct var *var)
{
	(void)run;
	(void)acc;
	(void)var;
	return true;
}
bool vars_record(struct overlay_run *run, struct accumulator *acc)
{
	(void)run;
	(void)acc;
	return true;
}
bool vars_resolve(struct overlay_run *run, struct accumulator *acc)
{
	(void)run;
	(void)acc;
	return true;
}
