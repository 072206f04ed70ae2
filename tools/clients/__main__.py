"""Write the generated parts of the clients: `make clients`."""

from tools.clients.document import current, read
from tools.clients.generate import ROOT, generated


def main() -> None:
    for name, text in generated(read(current())).items():
        path = ROOT / name
        if not path.exists() or path.read_text("utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
            print(f"written: {name}")


if __name__ == "__main__":
    main()
