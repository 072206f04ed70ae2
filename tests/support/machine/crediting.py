"""What gift cards do in the stories of a shop."""

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, invariant, rule
from support.machine.goods import CardSale, Cart, GiftCard
from support.machine.machines import Machine


class Crediting(Machine):
    """Gift cards that are issued or bought, pay carts, take refunds, are disabled or given back."""

    cards: Bundle[GiftCard] = Bundle("cards")

    @rule(target=cards, amount=st.integers(200, 3_000))
    def issue_card(self, amount: int) -> GiftCard:
        issued = self.act(self.driver.issue_card(amount))
        card = GiftCard(issued["id"], issued["code"], amount)
        self.model.cards[card.id] = card
        return card

    @rule(target=cards)
    def buy_card(self) -> GiftCard:
        order, id_, code = self.act(self.driver.buy_card())
        sale = CardSale(order["id"], order["lines"][0]["id"], order["totals"]["total"])
        card = GiftCard(id_, code, sale.amount, sale=sale)
        self.model.cards[card.id] = card
        return card

    @rule(card=cards)
    def give_card_back(self, card: GiftCard) -> None:
        """Let the buyer of a gift card have the money again: only while all of it is there."""
        if card.sale is None:
            return
        line = {"line": card.sale.line_id, "quantity": 1}
        answer = self.act(self.driver.refund(card.sale.order_id, lines=[line]))
        if card.sale.refunded or not card.unused:
            assert answer.status_code == 409, answer.text
            return
        assert answer.status_code == 201, answer.text
        assert answer.json()["amount"] == card.sale.amount
        card.balance, card.disabled, card.sale.refunded = 0, True, True

    @invariant()
    def sales_of_cards_are_as_the_model_says(self) -> None:
        sales = [it.sale for it in self.model.cards.values() if it.sale]
        seen = self.act(self.driver.sales_of_cards([it.order_id for it in sales]))
        assert seen == {it.order_id: it.seen for it in sales}

    def pay_otherwise(self, cart: Cart) -> None:
        self.add_card(cart, self.buy_card())

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
