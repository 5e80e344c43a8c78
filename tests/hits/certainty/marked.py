"""Invented sentences with the certainty that a careful reader gives to their marked words.

A mark is `<word|h>` for hedged, `<word|n>` for negated and `<word|a>` for asserted.
"""

MARKED = """
# modals reach over their clause, its subject included
Troops may cross the <border|h> at dawn.
The <threat|h> may grow over the winter.
The <army|a> is ready, but the <ceasefire|h> might not hold.
Rebels could <attack|h> the town, and the <garrison|a> was reinforced.
The operation may serve to protect the <border|h>.
Iran may <attack|h> and the <border|a> will close.
Iran may <attack|h> and close the <border|h>.
Russia and <Ukraine|h> may sign the <treaty|h>.
The <troops|h>, who crossed the <border|a>, may leave.
The <pension|a> was raised in May, when <taxes|a> fell.
In May the <army|a> withdrew to the <border|a>.
May the <troops|a> come home.
The scouts could see the <border|a> from the hill.
Should the <ceasefire|a> fail is what they ask.
# raising verbs and passives of belief
The <army|h> appears to have left the <base|h>.
<Sanctions|h> are expected to hurt <pensioners|h>.
The <rebels|h> are believed to hold the <bridge|h>.
It seems that the <ceasefire|h> has failed.
The <border|h> is likely to stay closed.
He appeared in court over the <attack|a>.
# beliefs and forecasts reach what follows
The minister believes that the <border|a> is safe.
The <border|h> is believed to be safe.
I believe that the <border|h> is safe.
The <army|a> fears that the <bridge|h> will fall.
Aid groups expect the <famine|h> to spread.
Analysts predicted that <sanctions|h> would bite.
The <ministry|a> suspects that <spies|h> left the town.
Police believe in the <ceasefire|a>.
# adverbs, adjectives and nouns
The anticipated <attack|h> has begun.
Perhaps the <army|h> will leave.
The <army|h> will probably leave the <base|h>.
The <army|h> allegedly shelled the <hospital|h>.
The <troops|h> reportedly crossed the <river|h>, while the <navy|a> stayed.
The alleged <attack|h> hit the <border|a>.
There is a possible <threat|h> to the <border|a>.
A possible <attack|h> was discussed at the <base|a>.
An <attack|h> is possible.
The possibility of <war|h> remains.
There was speculation that the <army|h> would leave.
He accused the <rebels|a> of an <attack|a>.
The rebels were accused of an <attack|h>.
The <army|a>, possibly with help from <allies|h>, crossed the <river|a>.
Suspected <militants|h> shelled the <base|a>.
The so-called <republic|h> closed the <border|a>.
It is unclear whether the <border|h> is open.
# approximators reach no more than their phrase
Roughly 500 <soldiers|a> crossed the <border|a>.
About 300 <refugees|a> reached the <border|a>.
The talks were about the <war|a>.
The <army|a> walked around the <base|a>.
Almost all <villages|a> lost the <pension|a>.
# conditions hold for both clauses
If talks fail, <troops|h> will cross the <border|h>.
<Troops|h> will cross the <border|h> if talks fail.
Unless the <ceasefire|h> holds, the <army|h> will march.
The <army|h> will stay provided that the <ceasefire|h> holds.
He said that if the <border|h> closes, <prices|h> will rise.
It looked as if the <army|h> had left.
The officer asked if the <border|h> was closed.
# questions
Is the <border|h> safe?
The minister asked: is the <army|h> ready?
The <army|a> left. Why did the <ceasefire|a> fail?
The <army|a> left. Did the <ceasefire|h> fail?
# negators
The <troops|a> did not leave the <base|a>.
The <army|a> never crossed the <border|a>.
The <border|a> isn't closed, but the <road|a> is.
Not only the <army|a> but also the <navy|a> left.
The police, not the <army|n>, guard the <border|a>.
The <army|a> left, and the <navy|a> did not follow.
The <troops|a>, which did not cross the <river|a>, hold the <base|a>.
The <army|a> is no doubt stronger.
He works at No 10 for the <army|a>.
Nobody expects a <war|n>.
# absence reaches what follows
Police found no <weapons|n> in the <base|a>.
The <army|a> found no <weapons|n>.
The <army|a> left without its <weapons|n>.
The lack of <medicine|n> hurt the <town|a>.
Neither the <army|n> nor the <police|n> came.
There is no <threat|n> to the <border|a>.
No <troops|n> have left, and the <army|a> stays.
# failure and denial
The <army|a> failed to protect the <border|a>.
The <ministry|a> refused to reopen the <border|a>.
The <patrol|a> prevented an <attack|n> on the <bridge|a>.
The minister denied that <troops|a> had crossed the <river|a>.
The minister denied reports that <troops|a> had crossed the <river|a>.
The <ministry|a> ruled out a <ceasefire|n>.
He rejected claims that the <army|a> had fled.
They were denied entry at the <border|a>.
# an event takes the certainty of its clause, as subject, object and verb
The <attack|n> did not take place.
The <attack|n> has never been carried out.
The army did not <attack|n>.
The army did not carry out the <attack|n>.
The army did not <attack|n> or <shell|n> the town.
The army does not want to <attack|n>.
No <attack|n> was seen.
Nobody <attacked|n> the town.
The minister denied the <attack|n>.
The minister denied that the army would <attack|n>.
The <attack|n> was averted.
The <attack|n> was ruled out.
The <attack|a> did not kill the envoy.
They do not believe that there was an <attack|n>.
# a thing is negated where it is denied itself
The country has no <army|n>.
There are not any <troops|n>.
They live without <borders|n>.
The <troops|a> were not paid.
Kestra is not becoming a member of the <Alliance|a>.
They did not send <troops|n>.
# what stands beside is judged by itself
The <attack|a> was not followed by a <raid|a> of the <army|a>.
The line is not working as a result of an <attack|a>.
They never explained how the <attack|a> began.
# what only looks like a denial
No, the <attack|a> is real.
Plan No. 14 <war|a> is out.
The unit sang No. 3 <army|a> songs.
Make no mistake, the <attack|a> is real.
There is no end to the <war|a>.
The <war|a> is not over.
The <threat|a> was not confined to the town.
Not <war|n> but <peace|a> is wanted.
An <attack|h> cannot be ruled out.
# two negations are none
They could not prevent the <attack|a>.
They failed to prevent the <attack|a>.
They did nothing to stop the <attack|a>.
He did not deny that <troops|a> crossed.
The <army|a> did not fail to protect the <bridge|a>.
# would and can hedge, but give way to a negation
The treaty would end the <war|h>.
The army can <attack|h>.
The army would not <attack|n>.
He announced that the army would <attack|a>.
The army should <attack|a>.
# hedged and negated is hedged
The <army|h> may not cross the <border|h>.
It is not clear that the <ceasefire|h> holds.
# a cue reaches no other clause
The <army|a> left because the <ceasefire|h> may fail.
The <ceasefire|h> may fail because the <army|a> left.
The <army|a> left; the <navy|h> may follow.
Although <sanctions|h> might fail, the <embargo|a> stays.
He said the <army|h> may march while the <navy|a> waits.
The <minister|a> said that the <army|h> might march.
The <army|a> holds the <bridge|a> (the <navy|h> may come).
The <ministry|a> said the <border|a> was safe and <pensions|a> were paid.
# Aims of prevention are wishes that something not happen
The patrols are to prevent new <raids|n>.
Both sides want to avoid a <war|n>.
The truce could not prevent the <raids|a>.
# Who is prevented, and what is called off
The <referendum|n> was blocked by judges.
The drone <programme|n> was cancelled.
# What somebody is denied or loses
The family was denied <asylum|n>.
The state denied them <asylum|n>.
The judge ordered him to be stripped of his <citizenship|n>.
# False words deny what they say
The minister spoke of false reports of a <raid|n>.
# A denied remedy leaves the ill
Schools alone do not alleviate <poverty|a>.
The law did not reduce <violence|a>.
# Names within what is denied stand
Sweden is not a <NATO|a> member.
There is no <NATO|n> here.
# What nothing does, nothing did
There are no rebels who could <strike|n>.
There is no chance of that level of <violence|n>.
# Prefixes
The troops use non-<military|n> means.
# Either way
It goes on, with or without a <referendum|a>.
# A condition holds for what is said within it
Critics fall silent if the leader says that <war|h> is near.
# Yes-no questions ask, whatever they deny
Is this not a <threat|h>?
"""
