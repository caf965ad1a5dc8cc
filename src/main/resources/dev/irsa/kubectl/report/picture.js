const rowHeight = 26;
const titleHeight = 28;
const detailedAccounts = 40;
const nodesOfOverview = 12;
const narrow = 700;

/**
 * Draws who can use what: each ServiceAccount and role if there are few, otherwise only namespaces and services. The pointer shows what a node
 * is linked to, and a click on a namespace, a ServiceAccount, or a role calls choose with its name.
 */
function draw(roles, width, choose) {
  const accounts = roles.reduce((sum, role) => sum + role.serviceAccounts.length, 0);
  const columns = accounts <= detailedAccounts && width >= narrow
    ? layOut(["Namespaces", "ServiceAccounts", "Roles", "Services"], detailedPaths(roles), width)
    : layOut(["Namespaces", "Services"], overviewPaths(roles), width);
  const height = Math.max(...columns.map(column => column.nodes.length)) * rowHeight + titleHeight;
  columns.forEach(column => place(column, height));
  const drawing = shape("svg", {viewBox: `0 0 ${width} ${height}`, width, height, role: "group", "aria-label": caption(roles)});
  const curves = columns.flatMap(column => column.links).map(one => [one, curve(one)]);
  drawing.append(...curves.map(([, drawn]) => drawn));
  for (const column of columns) {
    drawing.append(heading(column));
    for (const node of column.nodes) {
      const drawn = box(node, column);
      drawing.append(drawn);
      if (column.kind !== "services" && !node.rest) {
        drawn.classList.add("choice");
        const name = column.kind === "namespaces" ? `${node.key}/` : node.key;
        drawn.setAttribute("tabindex", 0);
        drawn.setAttribute("role", "button");
        drawn.addEventListener("click", () => choose(name));
        drawn.addEventListener("keydown", event => event.key === "Enter" && choose(name));
      }
      drawn.addEventListener("pointerenter", () => curves.forEach(([{from, to}, one]) =>
        one.classList.toggle("related", from === node || to === node)));
    }
  }
  return drawing;
}

function caption(roles) {
  const accounts = new Set(roles.flatMap(role => role.serviceAccounts.map(user => `${namespaceOf(role, user)}/${user.name}`)));
  const namespaces = new Set(roles.flatMap(role => role.serviceAccounts.map(user => namespaceOf(role, user))));
  const used = new Set(roles.flatMap(services));
  return `${plural(accounts.size, "ServiceAccount")} in ${plural(namespaces.size, "namespace")} can use ${plural(roles.length, "role")},`
    + ` which allow ${plural(used.size, "service")}.`;
}

/** Returns a path through the columns for each ServiceAccount of a role and each service. */
function detailedPaths(roles) {
  return roles.flatMap(role => role.serviceAccounts.flatMap(user => paths(role).map(service => [
    {key: namespaceOf(role, user)},
    {key: `${namespaceOf(role, user)}/${user.name}`, label: user.name},
    {key: role.roleArn, label: role.roleArn.split("/").at(-1), flagged: role.flags.length > 0},
    {key: service},
  ])));
}

/** The smallest namespaces and services share a node each. */
function overviewPaths(roles) {
  const all = roles.flatMap(role => [...new Set(role.serviceAccounts.map(user => namespaceOf(role, user)))]
    .flatMap(namespace => paths(role).map(service => [namespace, service])));
  const namespace = largest(all.map(path => path[0]), "namespaces");
  const service = largest(all.map(path => path[1]), "services");
  return all.map(([from, to]) => [{key: namespace(from), rest: namespace(from) !== from}, {key: service(to)}]);
}

function paths(role) {
  const found = services(role);
  return found.length > 0 ? found : ["nothing"];
}

/** Returns a function from a name to itself, or to a name for the rest. */
function largest(names, kind) {
  const counts = new Map();
  names.forEach(name => counts.set(name, (counts.get(name) ?? 0) + 1));
  const sorted = [...counts.keys()].sort((one, other) => counts.get(other) - counts.get(one));
  const shown = new Set(sorted.length > nodesOfOverview ? sorted.slice(0, nodesOfOverview - 1) : sorted);
  return name => (shown.has(name) ? name : `${sorted.length - shown.size} other ${kind}`);
}

/** Returns the columns with their nodes, each at the average place of what leads to it. */
function layOut(titles, allPaths, width) {
  const boxWidth = Math.min(240, width / (titles.length * 1.3));
  const columns = titles.map((title, index) => ({
    title, kind: title.toLowerCase(), boxWidth, x: index * (width - boxWidth) / (titles.length - 1), nodes: [], links: [],
  }));
  const nodes = columns.map(() => new Map());
  const links = columns.map(() => new Map());
  for (const path of allPaths) {
    path.forEach((step, index) => {
      if (!nodes[index].has(step.key)) {
        nodes[index].set(step.key, {label: step.key, ...step, order: 0});
      }
      const from = index > 0 ? path[index - 1].key : "";
      const key = JSON.stringify([from, step.key]);
      if (index > 0 && !links[index].has(key)) {
        links[index].set(key, {from: nodes[index - 1].get(from), to: nodes[index].get(step.key), weight: 0, width: boxWidth});
      }
      if (index > 0) {
        links[index].get(key).weight++;
      }
    });
  }
  columns.forEach((column, index) => {
    column.links = [...links[index].values()];
    column.nodes = [...nodes[index].values()].sort((one, other) => (one.rest ?? false) - (other.rest ?? false) || (one.key < other.key ? -1 : 1));
    column.nodes.forEach(node => {
      const before = column.links.filter(one => one.to === node).map(one => one.from.order);
      node.mean = before.reduce((sum, order) => sum + order, 0) / (before.length || 1);
    });
    column.nodes.sort((one, other) => one.mean - other.mean);
    column.nodes.forEach((node, order) => (node.order = order / column.nodes.length));
  });
  return columns;
}

function place(column, height) {
  const room = (height - titleHeight) / column.nodes.length;
  column.nodes.forEach((node, index) => {
    node.x = column.x;
    node.y = titleHeight + (index + 0.5) * room;
  });
}

function curve({from, to, weight, width}) {
  const start = from.x + width;
  const middle = (start + to.x) / 2;
  return shape("path", {d: `M${start} ${from.y}C${middle} ${from.y} ${middle} ${to.y} ${to.x} ${to.y}`, "stroke-width": 1 + Math.log2(weight) / 2});
}

function heading(column) {
  return shape("text", {x: column.x + column.boxWidth / 2, y: 16, class: "heading"}, column.title);
}

function box(node, column) {
  const room = Math.floor((column.boxWidth - 12) / 7);
  const text = node.label.length > room ? `${node.label.slice(0, room - 1)}…` : node.label;
  return shape("g", {class: node.flagged ? `${column.kind} flagged` : column.kind},
    shape("title", {}, node.key),
    shape("rect", {x: node.x + 1, y: node.y - 10, width: column.boxWidth - 2, height: 20, rx: 4}),
    shape("text", {x: node.x + column.boxWidth / 2, y: node.y + 4}, text));
}
