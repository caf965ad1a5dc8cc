const terms = require("./terms.json");

/**
 * The rules for sentences of at most this many words.
 *
 * sentence-length counts characters. The two patterns leave one character for each gap between words, so that it counts words.
 */
module.exports = (words) => ({
  rules: {
    "sentence-length": { max: words - 1, skipPatterns: ["/\\S+/", "/\\s+(?=\\s)|^\\s+|\\s+$/"] },
    terminology: { defaultTerms: false, terms },
  },
});
