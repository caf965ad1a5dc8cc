const linkTitles = {
  iamServiceAccount: "IamServiceAccount",
  association: "association",
  annotation: "annotation",
  trustPolicy: "trust policy only",
};

/** Returns what the page knows about a role, below its row. */
function details(role, legends) {
  const parts = [];
  const part = (title, content) => parts.push(element("section", {}, element("h3", {}, title), content));
  part("Role", element("p", {class: "name"}, inCluster(role.cluster, role.roleArn)));
  if (role.flags.length > 0) {
    part("Flags", element("dl", {}, ...role.flags.flatMap(raised => flagDetails(raised, legends.get(raised.flag)))));
  }
  part("ServiceAccounts", list(role.serviceAccounts.map(userDetails)));
  part("Allowed", role.allowed.length > 0 ? allowedTable(role.allowed) : element("p", {}, "Nothing"));
  if (role.denied.length > 0) {
    part("Denied", list(role.denied));
  }
  part("Boundary", element("p", {class: "name"}, role.boundary?.name ?? "none"));
  part("Policies", role.policies.length > 0 ? list(role.policies.map(policyDetails)) : element("p", {}, "none"));
  part("Trust policy", role.trust.alsoAdmits.length > 0
    ? list(role.trust.alsoAdmits.map(other => `also admits ${other}`))
    : element("p", {}, "admits only the ServiceAccounts that are linked to the role"));
  part("Use", element("p", {}, useDetails(role.use)));
  if (role.serviceAccounts.some(user => user.iamServiceAccount)) {
    part("Entitlement", element("p", {class: "name"}, role.entitlement ?? "none"));
  }
  const tags = Object.entries(role.tags);
  if (tags.length > 0) {
    part("Tags", list(tags.map(([key, value]) => `${key} = ${value}`)));
  }
  return parts;
}

function flagDetails(raised, legend) {
  const title = element("dt", {}, element("span", {class: "flag"}, raised.flag));
  if (legend) {
    title.append(" ", legend.meaning, ". ", link(legend.page, "What to do"));
  }
  return [title, ...raised.reasons.map(reason => element("dd", {}, reason))];
}

function userDetails(user) {
  const resource = user.iamServiceAccount ? ` ${user.iamServiceAccount}` : "";
  const condition = user.condition ? `, perhaps: ${user.condition}` : "";
  return `${user.namespace}/${user.name}, linked by ${linkTitles[user.linkedBy]}${resource}${condition}`;
}

function policyDetails(policy) {
  return policy.digest ? policy.name : `${policy.name} (could not be read)`;
}

function useDetails(use) {
  const last = use.lastUsedAt ? `last used on ${day(use.lastUsedAt)}${use.lastUsedIn ? ` in ${use.lastUsedIn}` : ""}` : "no known use";
  return `${last}, created on ${day(use.createdAt)}`;
}

function day(time) {
  return time.slice(0, "2026-12-31".length);
}

function allowedTable(rows) {
  const titles = ["Service", "Allowed", "Actions", "Resources", "Policy", "Limits"];
  const head = element("tr", {}, ...titles.map(title => element("th", {scope: "col"}, title)));
  const body = rows.map(row => element("tr", {class: row.allowed},
    ...[[row.service], [row.allowed], row.actions, row.resources, [row.policy], row.reasons].map((texts, column) =>
      element("td", {"data-column": titles[column]}, ...texts.map(text => element("div", {}, text))))));
  return element("div", {class: "scroll"}, element("table", {}, element("thead", {}, head), element("tbody", {}, ...body)));
}
