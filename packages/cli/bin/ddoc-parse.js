#!/usr/bin/env node
import "../dist/ddoc-parse.js";
