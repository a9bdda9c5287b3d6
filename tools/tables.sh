#!/bin/sh
# Write the generated tables anew from a folder of API data.
set -eu
data=${1:?"usage: make schemas K8S_DATA=DIR"}
here=$(dirname "$0")
python3 "$here/lifecycle_tables.py" "$data" lints/schema/lifecycle_table.c
python3 "$here/schema_tables.py" "$data" lints/schema/tables
# Those of custom resources refer to the ones above; CRD_DATA=DIR has them.
if [ -n "${CRD_DATA:-}" ]; then
	python3 "$here/crd_tables.py" "$CRD_DATA"
fi
