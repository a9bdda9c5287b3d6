#!/bin/sh
# Stands for the program where the examples of this tree are run.
echo "$2"
