module.exports = require("./rules.cjs")(30);
