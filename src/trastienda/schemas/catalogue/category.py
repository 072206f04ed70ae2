from msgspec import Struct


class CategoryView(Struct):
    slug: str
    name: str
    children: list["CategoryView"]


class CategoryTree(Struct):
    items: list[CategoryView]
