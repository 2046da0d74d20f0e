"""Names on treebank paragraphs with the layer on: precision, recall and F1 by kind (exact characters and kind)."""
from __future__ import annotations
import sys
from collections import Counter
from pathlib import Path
from treebank import paragraphs, TITLES
from examples import times_of
from variorum.language import parse
from variorum.language.names import name

def counts(p,a,b,k):
    """Names of persons, organisations and places; peoples (plural) are groups, an office alone is no name."""
    if k!="PERSON": return True
    return "Number=Plur" not in p.words[b-1].feats and p.words[a].form not in TITLES

def score(path, uner=None, model=None, show=0, known=None, group=False):
    docs=[]
    for p in paragraphs(path,uner):
        if p.names is None: continue
        if p.opens_document or not docs: docs.append(["",[]])
        text,names=docs[-1]
        if text: text+="\n\n"
        names+=[(len(text)+p.words[a].start,len(text)+p.words[b-1].end,k) for a,b,k in p.names if counts(p,a,b,k)]
        docs[-1][0]=text+p.text
    right,said,gold=Counter(),Counter(),Counter()
    out=[]
    for (text,names),d in zip(docs,parse(((t,times_of(t)) for t,_ in docs),model)):
        name(d,known)
        ours={(s.start_char,s.end_char,s.label_) for s in d.spans["names"] if s.label_!="GROUP"}
        theirs=set(names)
        for x in ours|theirs:
            right[x[2]]+=x in ours and x in theirs; said[x[2]]+=x in ours; gold[x[2]]+=x in theirs
            if (x in ours)!=(x in theirs): out.append((x[0],'+' if x in ours else '-',x[2],text[x[0]:x[1]],text[max(0,x[0]-30):x[1]+20]))
    import random
    for k in [*gold,None]:
        r,s,g=((right[k],said[k],gold[k]) if k else (right.total(),said.total(),gold.total()))
        print(k or 'all','P %.3f R %.3f F %.3f'%(r/max(1,s),r/max(1,g),2*r/max(1,s+g)),g)
    if show:
        random.Random(2).shuffle(out)
        for o in out[:show]: print(o)
if __name__=="__main__":
    R=Path(sys.argv[1]); score(R/'en_gum'/f'{sys.argv[2]}.conllu',show=int(sys.argv[3]))
