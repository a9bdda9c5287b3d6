# What runs the tests; included by the Makefile.
