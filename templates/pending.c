/* Stands in until the chart engine lands in this tree: delete it then. */
#include "templates/chart.h"
struct chart *chart_load(struct arena *a, struct tree_view *v, const char *p,
			 const struct chart_load_options *o,
			 struct diag_sink *d)
{
	(void)a;
	(void)v;
	(void)p;
	(void)o;
	(void)d;
	return 0;
}
struct chart *chart_load_templates(struct arena *a, struct tree_view *v,
				   const char *p, const char *n,
				   const struct chart_load_options *o,
				   struct diag_sink *d)
{
	(void)a;
	(void)v;
	(void)p;
	(void)o;
	(void)d;
	(void)n;
	return 0;
}
struct value *chart_values_read(struct arena *a, const struct source *s,
				enum chart_dialect d, struct diag_sink *k)
{
	(void)a;
	(void)s;
	(void)d;
	(void)k;
	return 0;
}
bool chart_render(struct chart *c, const struct chart_options *o,
		  struct arena *a, struct diag_sink *d, struct chart_output *u)
{
	(void)c;
	(void)o;
	(void)a;
	(void)d;
	(void)u;
	return false;
}
void chart_write_stdout(const struct chart_output *o, enum chart_dialect d,
			struct str *s)
{
	(void)o;
	(void)d;
	(void)s;
}
