#!/bin/sh
echo new >"$2/stale.md"
echo new >"$2/missing.md"
