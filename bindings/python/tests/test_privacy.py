"""What must never come out unmasked."""

import pickle

import pytest

from jawab import privacy
from jawab.privacy import Found, Masked, Masker


def test_private_parts_are_replaced_by_their_kind():
    masked = Masker().mask("pw sy Kucing99, hp 0812-3456-7890")
    assert masked == Masked(
        "pw sy [password], hp [phone]", (Found("password", (6, 14)), Found("phone", (19, 33)))
    )
    assert Masker().find("pw sy Kucing99")[0].kind == "password"
    assert Masker().mask("密码 😀 halo \ud83d").found == ()


def test_what_a_rule_collects_is_kept_but_no_secret():
    text = "rek 1234567890 pin 123456"
    assert Masker().mask(text, keep=["account", "pin"]).text == "rek 1234567890 pin [pin]"
    assert Masker(["email"]).mask(text).text == text


def test_a_secret_is_seen_and_warned_of():
    assert Masker().has_secret("kode otp 482913") and not Masker().has_secret("kode otp belum masuk")
    assert "jangan pernah membagikan" in privacy.warning("id")
    assert privacy.warning("fr") == privacy.warning("en") != privacy.warning("zh")


def test_a_masker_is_its_kinds():
    masker = Masker(["email", "phone"])
    assert masker.kinds == ("email", "phone") and Masker().kinds == privacy.KINDS
    again = pickle.loads(pickle.dumps(masker))
    assert again == masker and hash(again) == hash(masker) and masker != Masker()
    assert repr(masker) == "Masker(kinds=('email', 'phone'))"
    for kinds in (["card"], ["phone", "e-mail"]):
        with pytest.raises(ValueError, match="no kind named"):
            Masker(kinds)
        with pytest.raises(ValueError, match="no kind named"):
            masker.mask("halo", keep=kinds)
