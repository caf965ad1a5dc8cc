module.exports = require("./rules.cjs")(25);
