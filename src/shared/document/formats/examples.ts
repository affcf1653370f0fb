/** One section written poorly and well, about nobody: what a reader can do with it is the difference. */
export interface Example {
  readonly poor: string
  readonly good: string
}

/** By section. Poor ones are vague, label or judge; good ones say who said or did what, and what follows from it. */
export const examples: Readonly<Record<string, Example>> = {
  subjective: {
    poor: 'Client is doing better but still anxious.',
    good: 'Reports four nights of unbroken sleep this week, after one the week before. “I still check the door, but twice, not ten times.”',
  },
  objective: {
    poor: 'Client was resistant and seemed depressed.',
    good: 'Answered in one or two words for the first 15 minutes; looked down when the job came up. After the breathing exercise spoke in whole sentences. We rehearsed the call to the landlord twice.',
  },
  assessment: {
    poor: 'Making good progress. No risk.',
    good: 'Checking has dropped by about half since exposure began, which fits goal 1. Asked about thoughts of suicide: denied, and none since March. Sleep is still short of the goal of seven hours.',
  },
  plan: {
    poor: 'Continue therapy.',
    good: 'She keeps the sleep diary daily. I send the release form to Dr. Hale by Friday. Next session May 12: second step of the exposure ladder.',
  },
  data: {
    poor: 'Talked about the week. Client was upset.',
    good: 'Described the argument on Sunday: “I left before I shouted.” Cried for about five minutes. I named the pause as the skill from March; client wrote down what made it possible.',
  },
  behavior: {
    poor: 'Client acted out and was manipulative.',
    good: 'Came ten minutes late, stood by the door, said “I don’t want to do this today.” Voice loud for the first few sentences, then even. Sat down when offered to choose the topic.',
  },
  intervention: {
    poor: 'Used CBT.',
    good: 'Thought record on “Everyone saw me fail”: gathered evidence for and against, because this thought came before all three panic attacks this week.',
  },
  response: {
    poor: 'Client responded well.',
    good: 'Found two facts against the thought and rated belief in it 40% instead of 90%. Said it felt “a bit fake”. Willing to try it once this week.',
  },
  goals: {
    poor: 'Worked on goals.',
    good: 'Goal 2, eating lunch with others: twice this week, none before. Goal 1, panic: not looked at today.',
  },
  detail: {
    poor: 'Session went as planned.',
    good: '“I told my sister no, and nothing fell apart.” Practiced the same sentence for the call on Thursday.',
  },
  presenting: {
    poor: 'Client presents with depression.',
    good: '“I can’t get up since the move in August.” Missed nine days of work; stopped seeing friends in September. Came because her sister asked her to.',
  },
  'history-presenting': {
    poor: 'Long history of mood problems.',
    good: 'First time at 19, three months, lifted without treatment. Second at 27 after a birth; group therapy helped, medication made her drowsy. Nothing between until this August.',
  },
  biological: {
    poor: 'Healthy. Drinks a bit.',
    good: 'Thyroid checked in June, reported normal. Sleeps five hours. Two glasses of wine on most evenings since August. Mother treated for depression.',
  },
  psychological: {
    poor: 'Traumatic childhood, poor coping.',
    good: 'Saw a counselor for a year at 14 after her father left; found it useful. When overwhelmed she walks or calls her sister. Asked about trauma: prefers not to talk about it yet.',
  },
  social: {
    poor: 'Dysfunctional family, few supports.',
    good: 'Lives with husband and a son of six. Works nights at a warehouse; rent is two months behind. Sister visits weekly. Goes to church, and says it steadies her.',
  },
  strengths: {
    poor: 'Motivated and nice.',
    good: 'Kept every appointment by bus. Asks when something is unclear. A neighbor takes the son when she works late.',
  },
  'client-goals': {
    poor: 'Wants to feel better.',
    good: '“I want to take him to school in the morning and not go back to bed.”',
  },
  'group-theme': {
    poor: 'Good group today, everyone shared.',
    good: 'Second session on saying no. Explained three ways to decline, practiced in pairs, ended with one thing each would try this week.',
  },
  participation: {
    poor: 'Quiet, did not participate much.',
    good: 'Spoke twice without being asked. In the pair, declined a request in his own words and kept to it when pressed.',
  },
  purpose: {
    poor: 'Routine home visit.',
    good: 'Agreed by phone on May 3, because there is no bus since the route ended. Mother and grandmother expected; plan was to go through the morning routine.',
  },
  home: {
    poor: 'The home was dirty and chaotic.',
    good: 'Grandmother and two children present; mother at work. Dishes in the sink, food in the refrigerator, a bed for each child. One window in the children’s room does not close.',
  },
  observed: {
    poor: 'Was disruptive and attention-seeking.',
    good: 'Between 9:10 and 9:35 left the seat four times, each time after a written task was handed out. Called out twice. Worked for eight minutes when seated beside the teacher.',
  },
  reason: {
    poor: 'Crisis call.',
    good: 'She called at 6:40 PM, an hour after her husband left with the children. Asked whether she could come in today.',
  },
  said: {
    poor: 'Mother was uncooperative and in denial.',
    good: 'Mother: “He is fine at home. I want to see what you wrote before I sign anything.” Asked for a meeting with an interpreter.',
  },
  'risk-assessment': {
    poor: 'Denies SI/HI. Contracted for safety.',
    good: 'Asked about thoughts of suicide: daily since Monday, passive, no plan. Asked about means: pills in the house, husband agreed to lock them up. Wants to see her son graduate. Raised for her, not imminent.',
  },
  actions: {
    poor: 'Handled appropriately.',
    good: '6:50 PM wrote the safety plan with her. 7:05 PM called her sister with consent; sister came at 7:40. Did not call 911: no plan, not alone, agreed to come at 9 AM tomorrow.',
  },
  'people-told': {
    poor: 'Supervisor informed.',
    good: '7:15 PM told Dr. Lund by phone; she agreed with staying at home tonight and asked to be called after the 9 AM session.',
  },
  'contact-with': {
    poor: 'Spoke with school.',
    good: 'Ms. Okoro, his third-grade teacher. Release signed by the mother on April 2, for attendance and classroom behavior only.',
  },
  'ending-reason': {
    poor: 'Client dropped out.',
    good: 'Client decided, after two sessions of talking about it: the goals on sleep and work are met. “I know where you are.”',
  },
  course: {
    poor: 'Seen for about a year.',
    good: '22 sessions from June 4 to March 18, weekly and then every other week from January. Until October about sleep, after that about going back to work.',
  },
  progress: {
    poor: 'Much improved.',
    good: 'Goal 1, sleep: from four hours to seven, kept for eight weeks. Goal 2, work: back since January, half days. Goal 3, friends: begun, two visits.',
  },
  remaining: {
    poor: 'Some issues remain.',
    good: 'Still avoids highways. Mood dropped each August for three years: worth asking about in July.',
  },
  referrals: {
    poor: 'Referred out.',
    good: 'To the grief group at the community center; intake on April 2 at 10 AM is confirmed. Couples counseling was offered and declined.',
  },
  aftercare: {
    poor: 'Client may call if needed.',
    good: 'May call this office for a first session within two weeks. In a crisis: 988, or her sister. She has both on the card we wrote.',
  },
  'interventions-used': {
    poor: 'CBT and supportive therapy.',
    good: 'Sleep scheduling, sessions 2 to 9: helped. Thought records: used twice, put aside because “they feel like homework”. Exposure to driving: begun, not finished.',
  },
  'status-now': {
    poor: 'Stable.',
    good: 'As of March 18: sleeps seven hours, works half days, no thoughts of suicide since October. Avoids highways.',
  },
  recommendations: {
    poor: 'Would benefit from further therapy.',
    good: 'Go on with exposure to driving, beginning with the ring road. Ask about mood before August.',
  },
  seen: {
    poor: 'Student was angry and rude.',
    good: 'Came from math with red eyes, pushed the chair back, said “I’m not going back in there.” Talked after about five minutes. Named two boys and the word that they use.',
  },
  did: {
    poor: 'Talked to student. Calmed down.',
    good: 'Offered the quiet corner and water, then asked what happened. We wrote down what to say to the teacher; she read it out to me once. Walked back with her at 10:20.',
  },
  next: {
    poor: 'Follow up as needed.',
    good: 'I see Ms. Reyes today about the seating. Student comes by on Thursday before first period. Call home tomorrow, as she wished.',
  },
  agreed: {
    poor: 'Team will monitor.',
    good: 'Teacher moves the desk by Monday. I check in Tuesdays and Fridays. We look at attendance together on May 20.',
  },
  setting: {
    poor: 'Observed in class.',
    good: 'Second-grade reading, May 6, 9:10 to 9:40. Teacher, one aide, 22 students. Seat in the last row beside the door.',
  },
  antecedent: {
    poor: 'For no reason.',
    good: 'Before: the timer was set and the aide walked away. After: the aide came back and read the first line with him.',
  },
  'staff-response': {
    poor: 'Teacher overreacted.',
    good: 'Teacher said his name across the room three times; he put his head down. Aide knelt beside him and pointed to the first line; he began to read.',
  },
  'what-happened': {
    poor: 'Student attacked another student for no reason.',
    good: '11:42, lunch line: A. stepped in front; student said “move”, then pushed with both hands. A. fell against the rail. Mr. Diaz saw it and stood between them at once. Nurse saw A. at 11:50.',
  },
}
