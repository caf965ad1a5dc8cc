"""Writes the pages of the documentation site to target/site-source, and its configuration to target/mkdocs.yml.

The pages keep their places, so that their links to each other work. README.md becomes overview.md, because src/site/index.md
is the first page. A folder that a page links to becomes a page that shows its files. Each reason of docs/conditions.md gets a
page of its own. The navigation consists of the tables at the end of README.md. Below a page that introduces a folder are the
pages of that folder.
"""

import pathlib
import re
import shutil
import sys

import yaml

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
    reasons()
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


def home(demo):
    example = re.search(r"```yaml\n(.*?)\n```", (ROOT / "README.md").read_text(), re.DOTALL).group(1)
    # The log lines begin with the time.
    output = re.sub(r"^\d\d:\d\d:\d\d\.\d+ .*\n", "", pathlib.Path(demo).read_text(), flags=re.MULTILINE)
    page = (ROOT / "src/site/index.md").read_text()
    write("index.md", page.replace("EXAMPLE", example).replace("DEMO", output.strip()))


def follow_links():
    for page in list(SOURCE.rglob("*.md")):
        text = LINK.sub(lambda link: link[1] + followed(page, link[2]) + link[3], page.read_text())
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
    readme = (ROOT / "README.md").read_text()
    nav = [{"Home": "index.md"}]
    listed = {"index.md", "overview.md"}
    for section, rows in re.findall(r"^\| (\w[\w ]*) \| \|\n\|---\|---\|\n((?:\|.*\n)+)", readme, re.MULTILINE):
        pages = [{"Overview": "overview.md"}] if len(nav) == 1 else []
        # The second column describes the pages of the first.
        first = "".join(row.split(" | ")[0] for row in rows.splitlines())
        for title, path in re.findall(r"\[([^\]]*)\]\(([^)#]+)\)", first):
            target = path if path.endswith(".md") else path + "/README.md"
            below = pages_below(target)
            listed.update([target, *below])
            title = title if title.startswith("kubectl") else title[0].upper() + title[1:]
            pages.append({title: [{"Overview": target}, *below] if below else target})
        nav.append({section: pages})
    # The others, by their folder.
    more = {}
    for page in sorted(SOURCE.rglob("*.md")):
        path = page.relative_to(SOURCE)
        if str(path) not in listed:
            more.setdefault(path.parent.name or "Project", []).append(str(path))
    nav.append({"More": [{folder.capitalize(): pages} for folder, pages in more.items()]})
    config = (ROOT / "src/site/mkdocs.yml").read_text()
    (ROOT / "target/mkdocs.yml").write_text(config + yaml.safe_dump({"nav": nav}, sort_keys=False))


def pages_below(target):
    """Returns the pages of the folder that a page introduces, in the order in which it links to them."""
    page = SOURCE / target
    folder = page.parent if page.name == "README.md" else page.with_suffix("")
    links = [(page.parent / link[1]).resolve() for link in LINK.findall(page.read_text())]
    pages = sorted(set(folder.glob("*.md")) - {page}, key=lambda one: (links.index(one) if one in links else len(links), one))
    return [str(one.relative_to(SOURCE)) for one in pages]


main(sys.argv[1])
