"""What gift cards do in the stories of a shop."""

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, rule
from support.machine.goods import Cart, GiftCard
from support.machine.machines import Machine


class Crediting(Machine):
    """Gift cards that are issued, pay carts in part or whole, take refunds, and are disabled."""

    cards: Bundle[GiftCard] = Bundle("cards")

    @rule(target=cards, amount=st.integers(200, 3_000))
    def issue_card(self, amount: int) -> GiftCard:
        issued = self.act(self.driver.issue_card(amount))
        card = GiftCard(issued["id"], issued["code"], amount)
        self.model.cards[card.id] = card
        return card

    def pay_otherwise(self, cart: Cart) -> None:
        self.add_card(cart, self.issue_card(1_000))

    @rule(cart=Machine.carts, card=cards)
    def add_card(self, cart: Cart, card: GiftCard) -> None:
        if card.disabled:
            return  # that is a guess at a code, of which only some are let through
        answer = self.act(self.driver.add_card(cart.id, card.code))
        if cart.state == "open":
            assert answer.status_code == 200, answer.text
            if card not in cart.cards:
                cart.cards.append(card)
        else:
            assert answer.status_code == 409

    @rule(card=cards, disabled=st.booleans())
    def disable_card(self, card: GiftCard, disabled: bool) -> None:  # noqa: FBT001
        answer = self.act(self.driver.disable_card(card.id, disabled=disabled))
        assert answer.status_code == 200, answer.text
        card.disabled = disabled
