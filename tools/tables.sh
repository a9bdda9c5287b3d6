#!/bin/sh
# Write the generated tables anew from a folder of API data.
set -eu
data=${1:?"usage: make schemas K8S_DATA=DIR"}
here=$(dirname "$0")
python3 "$here/lifecycle_tables.py" "$data" lints/schema/lifecycle_table.c
python3 "$here/schema_tables.py" "$data" lints/schema/tables
# Of custom resources there are only the names; CRD_DATA=DIR has them.
if [ -n "${CRD_DATA:-}" ]; then
	python3 "$here/schema_groups.py" "$CRD_DATA/kinds.tsv" \
		lints/schema/tables/groups.c
fi
