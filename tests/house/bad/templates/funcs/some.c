static const struct func template_funcs_some[] = {
	{ .name = "tested" },
	{ .name = "untested" },
};
