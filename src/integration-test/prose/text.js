"use strict";

module.exports = require("./rules.js")(25);
