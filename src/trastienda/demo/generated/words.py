"""The words of which the names of generated products are composed, in both languages."""

from typing import NamedTuple


class Adjective(NamedTuple):
    en: str
    masculine: str
    feminine: str


class Pair(NamedTuple):
    en: str
    es: str


class Noun(NamedTuple):
    en: str
    es: str
    feminine: bool
    category: Pair
    """The name of the category of its kind."""


def _pairs(text: str) -> list[Pair]:
    return [Pair(*line.split()) for line in text.split(",")]


def _adjectives(text: str) -> list[Adjective]:
    """Read lines such as `calm sereno`; an ending -o is -a with feminine nouns."""
    rows = [line.split() for line in text.split(",")]
    return [Adjective(en, es, es[:-1] + "a" if es[-1] == "o" else es) for en, es in rows]


def _nouns(text: str) -> list[Noun]:
    """Read lines such as `chair la silla chairs sillas`."""
    rows = [line.split() for line in text.split(",")]
    return [
        Noun(en, es, article == "la", Pair(plural_en.capitalize(), plural_es.capitalize()))
        for en, article, es, plural_en, plural_es in rows
    ]


ADJECTIVES = _adjectives("""
    calm sereno, bold atrevido, bright luminoso, classic clásico, compact compacto, rustic rústico,
    solid sólido, quiet discreto, warm cálido, modern moderno, simple sencillo, elegant elegante,
    noble noble, cheerful alegre, light ligero, timeless eterno, coastal marinero, antique antiguo,
    generous generoso, delicate delicado
""")
MATERIALS = _pairs("""
    walnut nogal, linen lino, cotton algodón, leather cuero, ceramic cerámica, copper cobre,
    bamboo bambú, granite granito, marble mármol, velvet terciopelo, felt fieltro, canvas lona,
    rubber caucho, silver plata, bronze bronce, oak roble, pine pino, cedar cedro, wool lana,
    silk seda, glass vidrio, steel acero, cork corcho, jute yute, resin resina
""")
DEPARTMENTS = {
    Pair("Furniture", "Muebles"): _nouns("""
        chair la silla chairs sillas, table la mesa tables mesas,
        shelf el estante shelves estantes, stool el taburete stools taburetes
    """),
    Pair("Lighting", "Iluminación"): _nouns("""
        lamp la lámpara lamps lámparas, lantern el farol lanterns faroles,
        candlestick el candelero candlesticks candeleros,
        lampshade la pantalla lampshades pantallas
    """),
    Pair("Tableware", "Vajilla"): _nouns("""
        mug la taza mugs tazas, plate el plato plates platos,
        bowl el cuenco bowls cuencos, tray la bandeja trays bandejas
    """),
    Pair("Kitchen", "Cocina"): _nouns("""
        jar el tarro jars tarros, spoon la cuchara spoons cucharas,
        board la tabla boards tablas, teapot la tetera teapots teteras
    """),
    Pair("Decoration", "Decoración"): _nouns("""
        vase el jarrón vases jarrones, clock el reloj clocks relojes,
        mirror el espejo mirrors espejos, frame el marco frames marcos
    """),
    Pair("Textiles", "Textil"): _nouns("""
        rug la alfombra rugs alfombras, cushion el cojín cushions cojines,
        blanket la manta blankets mantas, curtain la cortina curtains cortinas
    """),
    Pair("Accessories", "Complementos"): _nouns("""
        bag el bolso bags bolsos, wallet la cartera wallets carteras,
        belt el cinturón belts cinturones, hat el sombrero hats sombreros
    """),
    Pair("Clothing", "Ropa"): _nouns("""
        jacket la chaqueta jackets chaquetas, shirt la camisa shirts camisas,
        apron el delantal aprons delantales, scarf la bufanda scarves bufandas
    """),
    Pair("Storage", "Orden"): _nouns("""
        basket la cesta baskets cestas, box la caja boxes cajas,
        chest el baúl chests baúles, hook el gancho hooks ganchos
    """),
}
ALL_COLLECTIONS = Pair("Collections", "Colecciones")
COLLECTIONS = [
    Pair("New in", "Novedades"),
    Pair("Gifts", "Regalos"),
    Pair("Handmade", "Hecho a mano"),
    Pair("Small spaces", "Espacios pequeños"),
]
NOUNS = [noun for nouns in DEPARTMENTS.values() for noun in nouns]
