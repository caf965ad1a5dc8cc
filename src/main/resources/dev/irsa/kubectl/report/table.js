const rowsAtFirst = 200;

// The first text of a column sorts its rows.
const allColumns = [
  {title: "ServiceAccounts", texts: role => role.serviceAccounts.map(user => `${user.namespace}/${user.name}`)},
  {title: "Cluster", texts: role => [role.cluster], onlyIfSeveral: true},
  {title: "Role", texts: role => [roleName(role.roleArn), role.accountID]},
  {title: "Linked by", texts: role => [...new Set(role.serviceAccounts.map(user => linkTitles[user.linkedBy]))]},
  {title: "Services", texts: role => [services(role).join(", ") || "none"]},
  {title: "Last used", texts: role => [role.use.lastUsedAt ? day(role.use.lastUsedAt) : "never"], order: role => role.use.lastUsedAt ?? ""},
  {title: "Flags", texts: role => role.flags.map(raised => raised.flag), order: role => role.flags.length, mostFirst: true},
];

let columns = [];

/** The table of roles, which creates the rows that it shows, and the details that the user opens. */
class RoleTable {
  constructor(legends, several) {
    columns = allColumns.filter(column => several || !column.onlyIfSeveral);
    this.legends = legends;
    this.roles = [];
    this.opened = new Set();
    this.sorted = {column: columns[0], descending: false};
    this.limit = rowsAtFirst;
    byId("head").append(...columns.map(column => this.header(column)));
    byId("more").addEventListener("click", () => this.showAll());
    window.addEventListener("beforeprint", () => this.showAll());
  }

  show(roles) {
    this.roles = roles;
    this.limit = rowsAtFirst;
    this.render();
  }

  showAll() {
    this.limit = this.roles.length;
    this.render();
    // The button that had the focus is gone.
    byId("body").querySelectorAll(".expander")[rowsAtFirst]?.focus();
  }

  header(column) {
    const button = element("button", {type: "button"}, column.title);
    const cell = element("th", {class: column.title.toLowerCase().replace(" ", "-"), scope: "col", role: "columnheader", "aria-sort": "none"}, button);
    column.header = cell;
    button.addEventListener("click", () => {
      this.sorted = {column, descending: this.sorted.column === column ? !this.sorted.descending : column.mostFirst ?? false};
      this.render();
    });
    return cell;
  }

  render() {
    const {column, descending} = this.sorted;
    const order = column.order ?? (role => (column.texts(role)[0] ?? "").toLowerCase());
    const keyed = this.roles.map(role => [order(role), role]);
    keyed.sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0) * (descending ? -1 : 1));
    columns.forEach(({header}) => header.setAttribute("aria-sort", "none"));
    column.header.setAttribute("aria-sort", descending ? "descending" : "ascending");
    byId("body").replaceChildren(...keyed.slice(0, this.limit).flatMap(([, role]) => this.rows(role)));
    byId("more").hidden = keyed.length <= this.limit;
    byId("more").textContent = `Show all ${plural(keyed.length, "role")}`;
  }

  rows(role) {
    const open = this.opened.has(role);
    const button = element("button", {type: "button", class: "expander", "aria-expanded": open});
    const cells = columns.map((column, index) => element("td", {role: "cell", "data-column": column.title},
      ...(index === 0 ? [button] : this.texts(column, role))));
    button.append(...this.texts(columns[0], role));
    const row = element("tr", {role: "row"}, ...cells);
    button.addEventListener("click", () => this.toggle(role, row, button));
    return open ? [row, this.details(role)] : [row];
  }

  texts(column, role) {
    const shown = column.texts(role);
    const kind = column.title === "Flags" ? "flag" : "text";
    const texts = shown.slice(0, 3).map(text => element("span", {class: kind}, text));
    if (kind === "flag") {
      texts.push(...shown.slice(3).map(text => element("span", {class: kind}, text)));
    } else if (shown.length > 3) {
      texts.push(element("span", {class: "text"}, `and ${shown.length - 3} more`));
    }
    return texts;
  }

  details(role) {
    return element("tr", {role: "row", class: "details"},
      element("td", {role: "cell", colspan: columns.length}, ...details(role, this.legends)));
  }

  toggle(role, row, button) {
    const open = !this.opened.has(role);
    if (open) {
      this.opened.add(role);
      row.after(this.details(role));
    } else {
      this.opened.delete(role);
      row.nextElementSibling.remove();
    }
    button.setAttribute("aria-expanded", open);
  }
}
