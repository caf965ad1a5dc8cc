"use strict";

const terms = require("./terms.json");

/**
 * Returns the rules for sentences of at most this many words.
 *
 * The rule sentence-length counts characters. The first pattern leaves one space between words, the second removes the words.
 * The spaces remain, and a sentence has one word more than spaces.
 */
module.exports = (words) => ({
  rules: {
    "sentence-length": { max: words - 1, skipPatterns: ["/\\s+(?=\\s)|^\\s+|\\s+$/", "/\\S+/"] },
    terminology: { defaultTerms: false, terms },
  },
});
