"""Icons, signals, tags, links of a list and form controls."""

import datetime

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory

from bangfu.ui.controls import DayInput
from bangfu.ui.icons import SIGNALS, UnknownIconError


def render(text: str, **values: object) -> str:
    return Template(text).render(Context(values))


def test_an_icon_is_decoration_beside_its_word() -> None:
    drawn = render('{% icon "home" "i-lg" %}')
    assert 'class="i i-lg" aria-hidden="true"' in drawn
    assert "ui/icons.svg#home" in drawn


def test_an_icon_that_is_not_in_the_sprite_is_refused() -> None:
    with pytest.raises(UnknownIconError, match="no-such-icon"):
        render("{% icon name %}", name="no-such-icon")


@pytest.mark.parametrize("kind", SIGNALS)
def test_a_signal_is_icon_word_and_colour_together(kind: str) -> None:
    drawn = render('{% signal kind "核查中" %}', kind=kind)
    assert f'class="sig {kind}"' in drawn
    assert "<use href=" in drawn
    assert "核查中" in drawn


def test_a_signal_wears_another_icon_or_a_border() -> None:
    drawn = render('{% signal "now" "核查中" "walk" fill=True %}')
    assert "#walk" in drawn
    assert 'class="sig now fill"' in drawn


def test_a_colour_without_meaning_is_refused() -> None:
    with pytest.raises(ValueError, match="pink"):
        render('{% signal "pink" "核查中" %}')


def test_what_people_typed_is_escaped() -> None:
    typed = "<script>x</script>"
    assert "<script>" not in render("{% tag words %}{% signal 'ok' words %}", words=typed)


@pytest.mark.parametrize(
    ("asked", "changes", "address"),
    [
        ("/?page=3&village=5", "page=2", "?page=2&village=5"),
        ("/?page=3&village=5", "sort='-amount' page=None", "?village=5&sort=-amount"),
        ("/?column=a&column=b&page=2", "page=None", "?column=a&column=b"),
        ("/?page=2", "page=None", "?"),
        ("/?q=罗 芬", "page=2", "?q=%E7%BD%97+%E8%8A%AC&page=2"),
    ],
)
def test_the_address_of_a_list_is_rewritten(asked: str, changes: str, address: str) -> None:
    request = RequestFactory().get(asked)
    assert (
        render(f"{{% autoescape off %}}{{% query {changes} %}}{{% endautoescape %}}", request=request)
        == address
    )


class Worksheet(forms.Form):
    wage = forms.DecimalField(
        label="务工收入", help_text="近 12 个月", widget=forms.TextInput({"inputmode": "decimal"})
    )
    since = forms.DateField(label="从", widget=DayInput, required=False)
    place = forms.ChoiceField(label="地点", choices=[("a", "县内")], widget=forms.RadioSelect)
    told = forms.BooleanField(label="读过", required=False)


def test_a_control_is_read_out_with_its_help_and_its_error() -> None:
    drawn = render("{{ form.wage|control }}", form=Worksheet({"wage": "21500元5"}))
    assert 'aria-describedby="id_wage_help id_wage_error"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert 'value="21500元5"' in drawn
    assert "form-control n is-invalid" in drawn


def test_a_day_is_written_as_the_browser_demands() -> None:
    drawn = render("{{ form.since|control }}", form=Worksheet(initial={"since": datetime.date(2026, 1, 5)}))
    assert 'type="date"' in drawn
    assert 'value="2026-01-05"' in drawn


@pytest.mark.parametrize(
    ("field", "names"),
    [("wage", '<label class="form-label" for="id_wage">'), ("place", "<legend"), ("told", 'for="id_told"')],
)
def test_every_input_has_a_name(field: str, names: str) -> None:
    page = "{% include 'ui/parts/field.html' with field=field %}"
    assert names in render(page, field=Worksheet()[field])


def test_the_help_and_the_error_that_a_control_names_are_there() -> None:
    drawn = render("{% include 'ui/parts/field.html' with field=f %}", f=Worksheet({"wage": "x"})["wage"])
    assert 'id="id_wage_help"' in drawn
    assert 'id="id_wage_error"' in drawn


def test_a_form_that_failed_keeps_what_was_typed_and_counts_what_to_mend() -> None:
    form = Worksheet({"wage": "二万", "place": "a"})
    drawn = render("{% include 'ui/parts/form.html' with form=form %}", form=form)
    assert "有 1 处要改" in drawn
    assert 'value="二万"' in drawn
    assert 'href="#id_wage"' in drawn


def test_only_the_conditions_that_are_set_count() -> None:
    page = "{% for field in form|set_fields %}{{ field.name }} {% endfor %}"
    assert render(page, form=Worksheet({"wage": "3", "since": ""})) == "wage "
    assert render(page, form=Worksheet()) == ""
