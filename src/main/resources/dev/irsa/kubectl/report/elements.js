"use strict";

// Names, tags, and policies are texts of others. They get into the page only as text nodes and as values of attributes.

/** Creates an element of HTML. Children that are strings become text nodes. */
function element(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

/** Creates an element of SVG. */
function shape(name, attributes = {}, ...children) {
  return filled(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);
}

function filled(created, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    created.setAttribute(name, value);
  }
  created.append(...children);
  return created;
}

/** Creates a link, or only its text if the address is none of the web. */
function link(address, text) {
  return /^https?:\/\//.test(address) ? element("a", {href: address, rel: "noreferrer"}, text) : text;
}

function list(items) {
  return element("ul", {}, ...items.map(item => element("li", {}, item)));
}

function byId(id) {
  return document.getElementById(id);
}

function plural(count, name) {
  return `${count.toLocaleString("en")} ${name}${count === 1 ? "" : "s"}`;
}

/** Returns the part of a role's ARN that people know. */
function roleName(arn) {
  return arn.slice(arn.indexOf(":role/") + ":role/".length);
}

/** Returns the namespace of a ServiceAccount, after its cluster if there are several. */
function namespaceOf(role, user) {
  return role.cluster ? `${role.cluster}/${user.namespace}` : user.namespace;
}

/** Returns a text after the cluster that it is about, if there are several. */
function inCluster(cluster, text) {
  return cluster ? `${cluster}: ${text}` : text;
}

/** Returns the services that a role can use, in alphabetical order. */
function services(role) {
  const names = role.allowed.filter(row => row.allowed !== "no").map(row => row.service);
  return [...new Set(names)].sort().map(name => (name === "*" ? "every service" : name));
}
