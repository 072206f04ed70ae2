from pathlib import Path

from litestar.static_files import create_static_files_router

DEMO = Path(__file__).parent.parent / "demo" / "pictures"

media = [
    create_static_files_router(
        "/media/demo", directories=[DEMO], send_as_attachment=False, include_in_schema=False
    )
]
