"""Copies of pages, e-mails and feeds for the tests, all made up."""

from __future__ import annotations

ARXIV_LIST = """\
Graphics
Authors and titles for recent submissions
Mon, 30 Nov 2026
Fri, 27 Nov 2026
See today's new changes
Total of 512 entries : 1-3 4-6 7-9
Showing up to 3 entries per page: fewer | more | all
Mon, 30 Nov 2026 (showing 2 of 2 entries )
[1] arXiv:2611.54321 [pdf, html, other]
Title: Harbours at Night: Rendering Masts in Real Time
Eva Moor, Ida Reed, Gil de Fen
Comments: 12 pages, accepted at the Harbour Conference
Subjects: Graphics (cs.GR); Machine Learning (cs.LG)
[2] arXiv:2402.00012 (cross-list from math.OC) [pdf, other]
Title: A Theory of Moss
Bo Fen
Journal-ref: J. Moss 9 (2026) 1-10
Subjects: Optimization and Control (math.OC); Graphics (cs.GR)
Fri, 27 Nov 2026 (showing 1 of 1 entries )
[3] arXiv:2611.50000v2 [pdf, other]
Title: Reeds Are All You Need
Ora Ink, the Reed Collaboration
DOI: 10.5555/reeds.3
Subjects: Graphics (cs.GR)
Total of 512 entries : 1-3 4-6 7-9
"""
ARXIV_NEW = """\
Showing new listings for Monday, 30 November 2026
Total of 3 entries
New submissions (showing 1 of 1 entries)
[1]
arXiv:2611.54321
[ pdf , html , other ]
Title:
Harbours at Night
Eva Moor , Ida Reed
Comments:
12 pages
Subjects:
Graphics (cs.GR) ; Machine Learning (cs.LG)
We present a method that renders harbours. It places a splat on every mast.
Replacement submissions (showing 1 of 1 entries)
[2]
arXiv:2601.00007
(replaced)
[ pdf , other ]
Title:
On Reeds
Gil Fen
Subjects:
Graphics (cs.GR)
Reeds are short. We prove it.
"""
ARXIV_SEARCH = """\
Showing 1–2 of 2 results for all: harbours
Search v0.5.6 released 2020-02-24
1. arXiv:2606.05296  [pdf, ps, other]  cs.GR cs.LG doi 10.5555/s.1
Harbours at Night
Authors: Eva Moor, Ida Reed, Gil Fen
Abstract: We present a method that renders harbours and masts at… ▽ More
We present a method that renders harbours and masts at night. △ Less
Submitted 3 June, 2026; v1 submitted 2 May, 2026; originally announced May 2026.
Comments: 12 pages
2. arXiv:2606.05297  [pdf, other]  math.OC
On Reeds
Authors: Bo Fen
Abstract: …and the reeds that stand in the water between them… ▽ More
Submitted 3 June, 2026; originally announced June 2026.
"""
ARXIV_ABSTRACT = """\
Computer Science > Graphics
arXiv:2509.13987 (cs)
[Submitted on 17 Sep 2025 (v1), last revised 19 Sep 2025 (this version, v2)]
Harbours at Night
Eva Moor, Ida Reed
View PDF
HTML (experimental)
We present a method that renders harbours. It places a splat on every mast.
Comments:\t12 pages
Subjects:\tGraphics (cs.GR); Machine Learning (cs.LG)
Cite as:\tarXiv:2509.13987 [cs.GR]
(or arXiv:2509.13987v2 [cs.GR] for this version)
https://doi.org/10.48550/arXiv.2509.13987
Journal reference:\tJ. Ports 3 (2025)
Related DOI:
https://doi.org/10.5555/ports.1
Submission history
From: Eva Moor [view email]
[v1] Wed, 17 Sep 2025 12:00:00 UTC (1,024 KB)
"""
ARXIV_MAIL = r"""
------------------------------------------------------------------------------
Send any comments regarding submissions directly to submitter.
------------------------------------------------------------------------------
Archives at http://arxiv.org/
To unsubscribe, e-mail To: cs@arXiv.org, Subject: cancel
------------------------------------------------------------------------------
 Submissions to:
Graphics
 received from  Thu 26 Nov 26 19:00:00 GMT  to  Fri 27 Nov 26 19:00:00 GMT
------------------------------------------------------------------------------
\\
arXiv:2611.32345
Date: Thu, 26 Nov 2026 20:13:22 GMT   (1045kb,D)

Title: Harbours at Night: Rendering Masts
  in Real Time
Authors: Eva Moor (1), Ida Sch\"on (1 and 2), Gil Fen and 12 others ((1) Port
  University, (2) Reed Institute)
Categories: cs.GR cs.LG
Comments: 12 pages
Journal-ref: J. Ports 3 (2026) 1-9
DOI: 10.5555/ports.3
\\
  We present a method that renders harbours in real time. Our method places a
splat on every mast and sorts them
by the light.
\\ ( https://arxiv.org/abs/2611.32345 ,  1045kb)
%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%
------------------------------------------------------------------------------
\\
arXiv:2407.00099
replaced with revised version Fri, 27 Nov 2026 01:02:03 GMT   (88kb)

Title: A Theory of Reeds
Authors: Bo Fen
Categories: math.OC
\\ ( https://arxiv.org/abs/2407.00099 ,  88kb)
%%%---%%%---%%%---%%%---%%%---%%%---%%%---%%%---%%%---%%%---%%%---%%%---%%%---
For subscribe options to combined computer science archives,
e-mail To: cs@arxiv.org, Subject: subscribe
"""
SCHOLAR = """\
Articles
About 1,230 results (0.05 sec)
[PDF] example.org
Harbours at night
E Moor, I Reed, GB Fen… - Proceedings of the Port …, 2017 - proceedings.example.org
… we show that harbours shine … and that masts do not. We …
Save Cite Cited by 1234 Related articles All 12 versions
[CITATION][C] A theory of moss
B Fen - Moss Letters, 2019
Save Cite Cited by 5 Related articles
[BOOK][B] Reeds and rushes
O Ink, T Doc - 2012 - Springer
We present the reeds of nine countries and …
Save Cite Cited by 7 Related articles All 3 versions
Splats on masts
E Moor - arXiv preprint arXiv:2101.00077, 2021 - arxiv.org
Save Cite Related articles View as HTML
"""
SCHOLAR_ALERT = """\
From: Google Scholar Alerts <scholaralerts-noreply@google.com>
Subject: Eva Moor - new related research
[PDF] Harbours at night
E Moor, I Reed - Journal of Ports, 2026
We present a method that renders harbours in real time, and…
Save
Twitter
LinkedIn
Facebook
[HTML] On the moss of northern harbours
B Fen, O Ink… - Moss Letters, 2026
Save
Twitter
This message was sent by Google Scholar because you're following new articles related to research by Eva Moor.
List alerts
"""
OPENREVIEW = """\
Harbours at Night
Eva Moor, Ida Reed
Published: 16 Jan 2026, Last Modified: 02 Mar 2026
ICLR 2026 Poster
Readers: Everyone
Keywords: harbours, real-time rendering
TL;DR: We render harbours.
Abstract: We present a method that renders harbours. It places a splat on every mast.
A Theory of Moss
Bo Fen
Published: 16 Jan 2026, Last Modified: 11 Feb 2026
ICLR 2026 Oral
Everyone
Revisions
BibTeX
CC BY 4.0
Keywords: moss, theory
Abstract: Moss is short when seen from far away. We give a theory of this effect.
Primary Area: theory
Submission Number: 77
"""
ANTHOLOGY = """\
Proceedings of the Second Workshop on Harbour Talk (2026)
pdf bib
Proceedings of the Second Workshop on Harbour Talk (2026)
Eva Moor | Ida Reed (Editors)
pdf bib abs
Harbours in Translation: A Corpus
Eva Moor | Gil Fen

We present a corpus of harbour talk in nine languages, collected over three summers by volunteers.

pdf
bib
abs
Parsing Moss
Bo Fen
Moss has a grammar. We write it down and parse a year of it.
"""
DBLP = """\
2020 – today
2021
[j5]
view
electronic edition via DOI
export record
Eva Moor 0001, Ida Reed, Gil Fen:
Harbours at Night. IEEE Trans. Ports 3(1): 1-10 (2021)
[c4]
Bo Fen, Eva Moor 0001:
Is Moss Short? A Study. MOSS 2021: 77-81
[i2]
Eva Moor 0001:
Splats on Masts. CoRR abs/2101.00077 (2021)
"""
SEMANTIC_SCHOLAR = """\
Harbours at Night
E. Moor, Ida Reed, +5 authors, Gil Fen
Computer Science
Annual Meeting of the Port Association
12 June 2017
TLDR
A new way to render harbours is proposed. Expand
1,234
[PDF]
Semantic Reader
Save
Cite
A Theory of Moss
Bo Fen
Mathematics
arXiv.org
2019
Moss is short when seen from far away and we give a theory of… Expand
12
PDF
Save
"""
PUBMED_ABSTRACT = """\
1. J Ports Med. 2020 Mar 17;3(1):1-10. doi: 10.5555/jpm.1. Epub 2020 Jan
2.

Harbours at night and the sleep of sailors: a randomised
trial.

Moor E(1), Reed IJ(2), van der Fen G 3rd.

Author information:
(1)Department of Ports, Port University.
(2)Reed Institute.

BACKGROUND: Sailors sleep badly. We studied why sailors in harbours sleep badly
at night.
RESULTS: It is the light.

Copyright © 2020 The Ports.

DOI: 10.5555/jpm.1
PMCID: PMC1234567
PMID: 32123456 [Indexed for MEDLINE]

Conflict of interest statement: None.


2. Moss Lett. 2019 Nov-Dec;9:77.

[Moss and men].

[Article in German]

Fen B.

PMID: 31123456
"""
PUBMED_SUMMARY = """\
1: Moor E, Reed IJ, Fen G. Harbours at night: a trial. J Ports Med. 2020 Mar;3(1):1-10. doi: 10.5555/jpm.1. Epub 2020
Jan 2. PMID: 32123456; PMCID: PMC1234567.

2: Fen B, et al. Is moss short? Moss Lett. 2019 Nov;9:77. PMID: 31123456.
"""
PUBMED_PAGE = """\
2 results
1
Cite
Share
Harbours at night and the sleep of sailors.
Moor E, Reed IJ, Fen G.
J Ports Med. 2020 Mar;3(1):1-10. doi: 10.5555/jpm.1. Epub 2020 Jan 2.
PMID: 32123456
Free PMC article.
Sailors sleep badly. We studied why … at night.
2
Cite
Share
Is moss short?
Fen B.
Moss Lett. 2019 Nov;9:77.
PMID: 31123456 Review.
"""
ATOM = """\
<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <title>ArXiv Query: search_query=all:harbours</title>
  <entry>
    <id>http://arxiv.org/abs/2611.54321v2</id>
    <updated>2026-12-01T17:59:59Z</updated>
    <published>2026-11-26T20:13:22Z</published>
    <title>Harbours at Night:
  Rendering Masts</title>
    <summary>  We present a method that renders harbours &amp; masts.
It is fast.
</summary>
    <author><name>Eva Moor</name><arxiv:affiliation xmlns:arxiv="http://arxiv.org/schemas/atom">Port</arxiv:affiliation></author>
    <author><name>Ida Reed</name></author>
    <arxiv:doi xmlns:arxiv="http://arxiv.org/schemas/atom">10.5555/ports.3</arxiv:doi>
    <link href="http://arxiv.org/abs/2611.54321v2" rel="alternate" type="text/html"/>
    <arxiv:primary_category xmlns:arxiv="http://arxiv.org/schemas/atom" term="cs.GR"/>
    <category term="cs.GR"/><category term="cs.LG"/>
  </entry>
</feed>
"""
RSS = """\
<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0">
  <channel>
    <title>cs.GR updates on arXiv.org</title>
    <item>
      <title>Harbours at Night</title>
      <link>https://arxiv.org/abs/2611.54321</link>
      <description>arXiv:2611.54321v1 Announce Type: new
Abstract: We present a method that renders harbours.</description>
      <guid isPermaLink="false">oai:arXiv.org:2611.54321v1</guid>
      <category>cs.GR</category>
      <category>cs.LG</category>
      <pubDate>Mon, 30 Nov 2026 00:00:00 -0500</pubDate>
      <arxiv:announce_type>new</arxiv:announce_type>
      <dc:creator>Eva Moor, Ida Reed, Gil Fen</dc:creator>
    </item>
    <item>
      <title>A Theory of Moss</title>
      <link>https://arxiv.org/abs/2402.00012</link>
      <description>arXiv:2402.00012v3 Announce Type: replace
Abstract: Moss is short.</description>
      <pubDate>Mon, 30 Nov 2026 00:00:00 -0500</pubDate>
      <arxiv:announce_type>replace</arxiv:announce_type>
      <dc:creator>Bo Fen</dc:creator>
    </item>
  </channel>
</rss>
"""
JOURNAL_RSS = """\
<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/">
  <item rdf:about="https://www.example.org/articles/p1">
    <title><![CDATA[Harbours at night]]></title>
    <link>https://www.example.org/articles/p1</link>
    <description><![CDATA[<p>Ports, Published online: 30 November 2026; <a href="https://doi.org/10.5555/p1">doi:10.5555/p1</a></p>]]></description>
    <dc:creator>Eva Moor</dc:creator><dc:creator>Ida Reed</dc:creator>
    <dc:date>2026-11-30</dc:date>
    <prism:doi>10.5555/p1</prism:doi><prism:publicationName>Ports</prism:publicationName>
  </item>
  <item rdf:about="https://www.example.org/news/1">
    <title>We have a new editor</title>
    <link>https://www.example.org/news/1</link>
  </item>
</rdf:RDF>
"""
ZOTERO = """\
"Key","Item Type","Publication Year","Author","Title","Publication Title","ISBN","ISSN","DOI","Url","Abstract Note","Date","Date Added","Extra","Notes","Manual Tags","Automatic Tags"
"ABCD1234","journalArticle","2020","Moor, Eva; van der Reed, Ida; Port Collaboration","Harbours at night","Journal of Ports","","","10.5555/csv.1","https://example.org/csv1","We looked at harbours, and
they shone.","2020-03-17","2023-01-02 10:11:12","arXiv:2003.08101 [cs]
Citation Key: moor2020","","to read; harbours",""
"EFGH5678","attachment","","","Full text","","","","","","","","2023-01-02 10:11:12","","","",""
"IJKL9012","preprint","2021","Fen, Bo","On moss ""and"" men","","","","","https://arxiv.org/abs/2101.00077","","2021","2023-01-02 10:11:12","","<p>my note</p>","",""
"""
