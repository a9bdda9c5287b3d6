#!/bin/sh
# Flux applies plain YAML: a pipeline renders, and pushes what came out as an
# artifact that flux.yaml names.  REPOSITORY is that of the artifacts.
set -eu
plimsoll build -e prod -o dist --fail-on error
flux push artifact "oci://$REPOSITORY/shop-prod:latest" --path=dist/prod \
	--source="$(git config --get remote.origin.url)" \
	--revision="main@sha1:$(git rev-parse HEAD)"
