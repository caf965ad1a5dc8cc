"""Writes the pages of the documentation site to target/site-source, and its configuration to target/mkdocs.yml.

The pages keep their places, so that their links to each other work. README.md becomes overview.md, because src/site/index.md
is the first page. A folder that a page links to becomes a page that shows its files. Each reason of docs/conditions.md gets a
page of its own, and so do each resource of docs/reference.md and each policy template. In the navigation, the pages of a folder
are below the page that introduces it. A page that mkdocs.yml does not list is in the last section. SOURCE is the address of the
repository.
"""

import os
import pathlib
import re
import shutil
import sys

import yaml

from lists import indented

ROOT = pathlib.Path(__file__).parents[2]
SOURCE = ROOT / "target" / "site-source"
IMAGE = re.compile(r'((?:src|srcset)=")([^":]+")')
LINK = re.compile(r"(\]\()([^)#:\s]+)((?:#[^)\s]*)?\))")
ROW = re.compile(r"^\| `(\w+)` \| (.*?) \| (.*?) \| (.*?) ?\|$", re.MULTILINE)


def main(demo):
    shutil.rmtree(SOURCE, ignore_errors=True)
    for name in ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"]:
        write("overview.md" if name == "README.md" else name, (ROOT / name).read_text())
    for page in sorted((ROOT / "docs").rglob("*")):
        if page.suffix == ".md":
            write(page.relative_to(ROOT), page.read_text())
        elif page.is_file():
            copy(page)
    for file in sorted([*(ROOT / "deploy").rglob("*"), ROOT / "LICENSE"]):
        if file.is_file() and "charts" not in file.parts:
            copy(file)
    write("deploy/charts/irsa-operator/README.md", (ROOT / "deploy/charts/irsa-operator/README.md").read_text())
    shutil.copytree(ROOT / "src/site/assets", SOURCE / "assets")
    reasons()
    reference()
    templates()
    home(demo)
    follow_links()
    configure()


def write(path, text):
    target = SOURCE / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text)


def copy(file):
    target = SOURCE / file.relative_to(ROOT)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(file, target)


def reasons():
    for reason, meaning, remedy, retry in ROW.findall((ROOT / "docs/conditions.md").read_text()):
        text = f"# {reason}\n\nThe condition `Ready` of an IamServiceAccount has the reason `{reason}`.\n\n"
        text += f"**What it means:** {meaning}.\n\n**What to do:** {remedy}.\n\n"
        text += f"**The operator retries:** {retry}.\n\n" if retry else ""
        text += "[All reasons](conditions.md)\n"
        write(f"docs/reasons/{reason}.md", LINK.sub(r"\1../\2\3", text).replace("](#", "](../conditions.md#"))


def reference():
    """Splits the page by resource, and each resource into its spec and its status. The conditions have a page of their own."""
    introduction, *resources = re.split(r"^## ", (SOURCE / "docs/reference.md").read_text(), flags=re.MULTILINE)
    for resource in resources:
        name = resource.split("\n", 1)[0]
        spec, *statuses = re.split(r"^### \w+\.status$", resource, flags=re.MULTILINE)
        pages = [(name, "", spec), *((name + "-status", f"{name}: status\n", status) for status in statuses)]
        for page, title, text in pages:
            text = re.sub("^###", "##", text, flags=re.MULTILINE)
            write(f"docs/reference/{page}.md", f"# {title}" + LINK.sub(r"\1../\2\3", text))
            introduction += f"- [{page.replace('-', ' ')}](reference/{page}.md)\n"
    write("docs/reference.md", introduction)


def templates():
    """Gives each template a page of its own, and keeps the sections as lists of links to them."""
    path = SOURCE / "docs/policy-templates.md"

    def linked(found):
        write(f"docs/policy-templates/{found[1]}.md", "# " + LINK.sub(r"\1../\2\3", found[0].removeprefix("### ")))
        summary = re.match(r".*?\n\n(.*?\.)\s", found[0], re.DOTALL)[1]
        return f"- [{found[1]}](policy-templates/{found[1]}.md): {summary}\n"

    text = re.sub(r"^### ([\w-]+)\n.*?(?=^##|\Z)", linked, path.read_text(), flags=re.MULTILINE | re.DOTALL)
    path.write_text(text.replace("\n## ", "\n\n## "))


def home(demo):
    example = re.search(r"```yaml\n(.*?)\n```", (ROOT / "README.md").read_text(), re.DOTALL).group(1)
    # The log lines begin with the time.
    output = re.sub(r"^\d\d:\d\d:\d\d\.\d+ .*\n", "", pathlib.Path(demo).read_text(), flags=re.MULTILINE)
    page = (ROOT / "src/site/index.md").read_text()
    write("index.md", page.replace("EXAMPLE", example).replace("DEMO", output.strip()))


def follow_links():
    for page in list(SOURCE.rglob("*.md")):
        text = indented(LINK.sub(lambda link: link[1] + followed(page, link[2]) + link[3], page.read_text()))
        # MkDocs turns page.md into page/index.html, and does not change the addresses in HTML.
        page.write_text(text if page.name in ["index.md", "README.md"] else IMAGE.sub(r"\1../\2", text))


def followed(page, link):
    target = (page.parent / link).resolve()
    if target == SOURCE / "README.md":
        return link.replace("README.md", "overview.md")
    if target.is_dir():
        if not (target / "README.md").exists():
            show(target)
        return link.rstrip("/") + "/README.md"
    return link


def show(folder):
    """Writes a page with the pages and the text files of a folder."""
    title = folder.relative_to(SOURCE)
    text = f"# {title}\n\n"
    for file in sorted(folder.iterdir()):
        if file.suffix == ".md":
            heading = file.read_text().splitlines()[0].removeprefix("# ")
            text += f"- [{heading}]({file.name})\n"
        elif file.is_file():
            text += f"## {file.name}\n\n~~~~{file.suffix.removeprefix('.')}\n{file.read_text()}\n~~~~\n\n"
    write(title / "README.md", text)


def configure():
    """Writes the configuration, with the navigation completed and with what the footer shows."""
    config = yaml.safe_load((ROOT / "src/site/mkdocs.yml").read_text())
    for section in config["nav"]:
        for pages in section.values():
            if isinstance(pages, list):
                pages[:] = [entry(page) for page in pages]
    listed = set(re.findall(r"[^ ]+\.md$", yaml.safe_dump(config["nav"]), re.MULTILINE))
    more = [str(page.relative_to(SOURCE)) for page in sorted(SOURCE.rglob("*.md"))]
    config["nav"][-1]["Project"] += [page for page in more if page not in listed]
    version = re.search(r"<revision>(.*)</revision>", (ROOT / "pom.xml").read_text()).group(1)
    config["extra"]["version_of_docs"] = os.environ.get("VERSION") or version
    if os.environ.get("SOURCE"):
        config["repo_url"] = os.environ["SOURCE"]
        config["repo_name"] = config["site_name"]
    config["theme"]["custom_dir"] = str(ROOT / "src/site/theme")
    config["hooks"] = [str(ROOT / "src/site/tables.py")]
    (ROOT / "target/mkdocs.yml").write_text(yaml.safe_dump(config, sort_keys=False))


def entry(page):
    """Returns an entry of the navigation, with the pages of the folder that the page introduces below it."""
    title, target = next(iter(page.items()))
    below = pages_below(target)
    overview = target if target.endswith("README.md") else {"Overview": target}
    return {title: [overview, *below]} if below else page


def pages_below(target):
    """Returns the pages of the folder that a page introduces, in the order in which it links to them."""
    page = SOURCE / target
    folder = SOURCE / "docs/reasons" if page.stem == "conditions" else page.parent if page.name == "README.md" else page.with_suffix("")
    links = [(page.parent / link[1]).resolve() for link in LINK.findall(page.read_text())]
    pages = sorted(set(folder.glob("*.md")) - {page}, key=lambda one: (links.index(one) if one in links else len(links), one))
    return [str(one.relative_to(SOURCE)) for one in pages]


main(sys.argv[1])
