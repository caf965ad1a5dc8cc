"use strict";

const { createRequire } = require("node:module");
const { join } = require("node:path");

// The packages are installed elsewhere, where textlint runs.
const { StringSource } = createRequire(join(process.cwd(), "package.json"))("textlint-util-to-string");

const SENTENCES = 4;
const WORDS = 12;

// "1.2.3" and "irsa.dev" end no sentence, and neither does "etc.", because a lower-case letter follows it.
const END = /(?<=[.!?][)*"]*)\s+(?=[^\p{Ll}\s])/u;

/** Reports a paragraph of many short sentences, which read better when those that belong together are joined. */
module.exports = (context) => ({
  [context.Syntax.Paragraph](node) {
    const text = new StringSource(node).toString().trim();
    const sentences = text.split(END).length;
    const mean = text.split(/\s+/).length / sentences;
    if (sentences >= SENTENCES && mean < WORDS) {
      const message = `choppy: ${sentences} sentences of ${mean.toFixed(1)} words on average; join what belongs together`;
      context.report(node, new context.RuleError(message));
    }
  },
});
