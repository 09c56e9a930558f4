"""Text of papers inside a page: nothing of it may end its element, run, or be lost."""

import base64
import hashlib
import json
import re

from hypothesis import given
from hypothesis import strategies as st

from pipeline.pages.embedding import embed_json, render_page, scrub_text


@given(
    st.recursive(
        st.text() | st.integers() | st.none(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_embedded_json_cannot_end_its_element_and_reads_back(value):
    text = embed_json(value)
    assert not re.search("[<>&\u2028\u2029]", text)
    text.encode("utf-8")
    assert json.loads(text) == json.loads(scrub_text(json.dumps(value, ensure_ascii=False)))


def test_a_torn_surrogate_keeps_its_place():
    assert scrub_text("a\ud83dbc") == "a\ufffdbc"


def test_a_page_runs_its_own_script_only():
    page = render_page(
        "claims.html.j2", styles=("base.css",), scripts=("model.js",), name="<x>", claims=1, papers=1, data=""
    )
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1].replace("&#39;", "'")
    script = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert len(script) == 1
    digest = base64.b64encode(hashlib.sha256(script[0].encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "&lt;x&gt;" in page and "<x>" not in page
