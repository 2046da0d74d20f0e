"""Invented names, drawn by seed, for training: people and places of no country in particular."""

from __future__ import annotations

import random

ONSETS = (
    "b br bl c ch cl cr d dr dh f fl fr g gh gl gr h hr j jh k kh kl kr l m mb mh n nd ng ny p pl pr q r rh s sh sk sl sm sn "
    "sp st str sv t th tr ts v vl w x y z zh dz ty kw gw"
).split()
VOWELS = "a a a a a a e e e e e i i i i o o o o u u u a e i o u ai au ei ia ie io oo ou ua y aa ee ö ü é á í ó".split()
CODAS = ["", "", "", "", *"n m r l s t k d g v z b p sh ch rd nd nk rk ng st lt rn ck ff ss ll x th v".split()]
PLACE_ENDS = (
    "ton ham ford burg berg stad grad ville pur abad stan ia ia a a o e i u an ovo ovka sk kent dal vik land ar or en et "
    "ium is os eh iya ah un ang ong i li ly lar kert shen dzor shire mouth field port wick by holm"
).split()
PERSON_ENDS = (
    "ov ova ev eva ian yan sky ska son sen ez es o a i e u er ers mann wicz ić ić ev in ina enko oglu zade ani awi i "
    "ul as is os ou eau et elli etti ini ley ton well man ward fa ko mura shi da ta dze shvili bek ga nga wa"
).split()
FIRST = (
    "Ana Peter Maria John Ivan Elena Omar Fatima Yusuf Leila Chen Mei Wei Akira Yuki Carlos Lucia Pedro Sofia Hans Greta Lars"
    " Ingrid Pierre Claire Jean Marie Luca Giulia Paulo Rita Amir Zahra Hassan Nadia Samuel Ruth David Sarah Michael Emma"
    " James Helen Robert Alice George Kate Thomas Jane Henry Rose Arjun Priya Ravi Sunita Kwame Ama Chidi Ngozi Tariq Aisha"
    " Dmitri Olga Sergei Irina Nikolai Tamara Levan Nino Aram Anahit Tigran Rashid Elmira Murat Ayşe Emre Zeynep Kemal Viktor"
    " Marta Jan Piotr Agnieszka Tomas Jana Milan Vesna Goran Dragan Mirela Ion Andrei Björn Astrid Mika Aino Juan Rosa Diego"
    " Carmen Luis Isabel Miguel Teresa Minh Linh Nguyen Somchai Suda Budi Siti Ahmad Karim Salma Moses Grace Joseph Esther"
).split()


def syllable(draw: random.Random) -> str:
    """One syllable."""
    return draw.choice(ONSETS) * (draw.random() < 0.9) + draw.choice(VOWELS) + draw.choice(CODAS)


def place(draw: random.Random) -> str:
    """One word for a place."""
    stem = "".join(syllable(draw) for _ in range(draw.choice((1, 1, 1, 2))))
    return (stem + (draw.choice(PLACE_ENDS) if draw.random() < 0.7 else "")).capitalize()


def surname(draw: random.Random) -> str:
    """One word for a family."""
    stem = "".join(syllable(draw) for _ in range(draw.choice((1, 1, 1, 2))))
    return (stem + (draw.choice(PERSON_ENDS) if draw.random() < 0.7 else "")).capitalize()


def name_word(draw: random.Random, kind: str, at: int, of: int) -> str:
    """A word of a name of ``kind`` (PERSON or PLACE), the ``at``-th of ``of``."""
    if kind == "PLACE":
        return place(draw)
    if at == 0 and of > 1 or of == 1 and draw.random() < 0.2:
        return draw.choice(FIRST) if draw.random() < 0.7 else surname(draw)
    return surname(draw)
