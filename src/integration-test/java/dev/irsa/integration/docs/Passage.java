package dev.irsa.integration.docs;

/**
 * A piece of English that is not on a page: a message, a description or a comment.
 *
 * @param where the file and the line, or the file and the field
 * @param text one paragraph on one line, in Markdown
 */
record Passage(String where, String text) {}
