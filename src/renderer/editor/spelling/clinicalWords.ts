/*
 * Words of outpatient mental health and school social work that general dictionaries take for mistakes. Our own list:
 * lower case unless the word is a name; plurals and other forms where they are common. Not a formulary.
 */

const words = (list: string): string[] => list.split(/\s+/u).filter((word) => word !== '')

const MEDICATIONS = words(`
  acamprosate agomelatine alprazolam amantadine amisulpride amitriptyline amoxapine aripiprazole armodafinil asenapine
  atomoxetine atenolol baclofen benzatropine benztropine bisoprolol brexanolone brexpiprazole brivaracetam bupropion
  buprenorphine buspirone butalbital cannabidiol carbamazepine cariprazine cetirizine chlordiazepoxide chlorpromazine
  citalopram clobazam clomipramine clonazepam clonidine clorazepate clozapine cyproheptadine daridorexant
  desipramine desvenlafaxine deutetrabenazine dexamfetamine dexmedetomidine dexmethylphenidate dextroamphetamine
  dextromethorphan diazepam diphenhydramine disulfiram divalproex donepezil doxazosin doxepin doxylamine dronabinol
  droperidol duloxetine escitalopram esketamine estazolam eszopiclone ethosuximide fentanyl fluoxetine flupenthixol
  fluphenazine flurazepam fluvoxamine gabapentin galantamine guanfacine haloperidol hydrocodone hydroxyzine iloperidone
  imipramine isocarboxazid ketamine lacosamide lamotrigine lemborexant levetiracetam levomilnacipran levothyroxine
  liothyronine lisdexamfetamine lisdexamphetamine lofexidine loperamide lorazepam loxapine lumateperone lurasidone
  maprotiline melatonin memantine meprobamate methylphenidate metformin metoprolol mianserin midazolam milnacipran
  mirtazapine moclobemide modafinil molindone nadolol nalmefene naloxone naltrexone nefazodone nicotine nortriptyline
  olanzapine ondansetron oxazepam oxcarbazepine oxycodone paliperidone paroxetine perampanel perphenazine phenelzine
  phenobarbital phentermine phenytoin pimavanserin pimozide pindolol pitolisant pramipexole prazosin pregabalin
  primidone prochlorperazine promethazine propranolol protriptyline quetiapine quazepam ramelteon reboxetine riluzole
  risperidone rivastigmine ropinirole samidorphan selegiline sertindole sertraline sildenafil solriamfetol
  sulpiride suvorexant tasimelteon temazepam tetrabenazine thioridazine thiothixene tiagabine tizanidine topiramate
  tramadol tranylcypromine trazodone triazolam trifluoperazine trihexyphenidyl trimipramine valbenazine valproate
  varenicline venlafaxine vigabatrin vilazodone viloxazine vortioxetine xanomeline zaleplon ziprasidone zolpidem
  zonisamide zopiclone zuclopenthixol zuranolone
`)

const BRANDS = words(`
  Abilify Adderall Ambien Antabuse Aptensio Aricept Ativan Auvelity Azstarys Belsomra Buspar BuSpar Caplyta Catapres
  Celexa Chantix Cipralex Clozaril Cobenfy Concerta Cymbalta Dayvigo Depakote Deplin Desoxyn Dexedrine Desyrel Effexor
  Emsam Evekeo Fanapt Fetzima Focalin Geodon Haldol Inderal Ingrezza Intuniv Invega Jornay Kapvay Keppra Klonopin
  Lamictal Latuda Lexapro Librium Lucemyra Lunesta Luvox Lybalvi Lyrica Marplan Methadose Metadate Minipress Mydayis
  Namenda Narcan Nardil Neurontin Norpramin Nuplazid Nuvigil Pamelor Parnate Paxil Pristiq Provigil Prozac Quelbree
  Qelbree Quillivant Quviviq Remeron Restoril Revia Rexulti Risperdal Ritalin Rozerem Saphris Sarafem Seconal Serax
  Seroquel Sinequan Sonata Spravato Strattera Suboxone Sublocade Symbyax Tegretol Tenex Tofranil Topamax Tranxene
  Trileptal Trintellix Valium Viibryd Vistaril Vivitrol Vraylar Vyvanse Wellbutrin Xanax Xyrem Zofran Zoloft
  Zubsolv Zulresso Zurzuvae Zyban Zyprexa
`)

const TERMS = words(`
  abreaction acculturative adaptogen affectively agoraphobia agoraphobic akathisia alexithymia alexithymic allostatic
  alloplastic ambivalently amotivation amotivational anergia anergic anhedonia anhedonic anosognosia antecedents
  anticholinergic anticonvulsant anticonvulsants antidepressant antidepressants antipsychotic antipsychotics anxiolytic
  anxiolytics anxiogenic aphantasia arachnophobia asexuality asociality athetosis attachment attunement
  attunements autogenic autistics avolition avolitional avoidant barbiturate benzo benzodiazepine benzodiazepines benzos
  bereaved bibliotherapy biofeedback biopsychosocial biopsychosocially biosocial bipolarity bingeing bipolar
  bradykinesia bradyphrenia bruxism bulimia bulimic burnout cannabinoid cannabinoids caseload caseloads caregiving
  cataplexy catastrophization catastrophize catastrophized catastrophizes catastrophizing catastrophise catastrophising
  catatonia catatonic cisgender circumstantiality clinician's codependence codependency codependent codeine
  coercively cognitions cohabitate cohabiting collaterals comorbid comorbidities comorbidity conceptualization
  conceptualizations conceptualise confabulate confabulated confabulation congruency conjoint consumerism contingencies
  copays coparent coparented coparenting coparents coregulate coregulated coregulates coregulating coregulation
  counterphobic countertransference countertransferential cyclothymia cyclothymic decatastrophize decatastrophizing
  decompensate decompensated decompensates decompensating decompensation deescalate deescalated deescalates
  deescalating deescalation deinstitutionalization delusionally denormalize depersonalization depersonalisation
  depersonalize derealization derealisation dereistic desensitization desensitisation destigmatize destigmatizing
  detoxed detoxing devaluation deprescribe deprescribing diagnoses diagnostically dialectic dialectical dialectics
  disinhibited disinhibition disinhibiting dissociate dissociated dissociates dissociating dissociation dissociative
  distractibility distractible diurnal dopamine dopaminergic dysarthria dyscalculia dyscontrol dysgraphia dyskinesia
  dyskinesias dyslexia dyslexic dysmorphia dysmorphic dysphoria dysphoric dyspraxia dyspraxic dysregulate dysregulated
  dysregulating dysregulation dysthymia dysthymic dystonia dystonic dyad dyadic echolalia echolalic echopraxia eclampsia
  egodystonic egosyntonic emetophobia emotionality encopresis enmeshed enmeshment enuresis enuretic
  epigenetic erotomania erotomanic estrangement etiology etiological eudaimonic euphoric euthymia euthymic
  executive expressivity externalization externalize externalized externalizes externalizing externalise externalising
  extrapyramidal familial fawning fibromyalgia flashback flashbacks focusing formication frontotemporal functionality
  fugue gambling gaslight gaslighted gaslighting gaslit gatekeeping genderfluid genderqueer genogram genograms
  glutamatergic grandiosity grandparenting graphomotor guardedness guardianship habituate habituated habituation
  hebephrenic helplessness hippotherapy histrionic homebound homeschooled homeschooling homeostasis homelessness
  hyperactivity hyperacusis hyperaroused hyperarousal hyperfixate hyperfixated hyperfixation hyperfocus hyperfocused
  hyperfocusing hypergraphia hyperphagia hyperreactivity hyperreligiosity hypersexual hypersexuality hypersomnia
  hypersomnolence hyperthyroid hyperthyroidism hyperventilate hyperventilated hyperventilating hyperventilation
  hypervigilance hypervigilant hyperverbal hypnagogic hypnopompic hypnotherapy hypoactive hypoactivity hypoarousal
  hypoaroused hypochondriasis hypomania hypomanic hyponatremia hypophonia hypothyroid hypothyroidism ideation ideations
  ideational impulsivity inattention inattentive inattentiveness individuate individuated individuation infantilize
  infantilized infantilizing inpatient inpatients insecure insightful intake intakes interactional intergenerational
  internalization internalize internalized internalizes internalizing interoception interoceptive
  intersectional intersectionality intersex interrater intrapersonal intrapsychic intrusives introject introjected
  introjection introjects invalidating isolative kinesthetic kleptomania labile lability latchkey
  lethality limbic linearity logorrhea logorrheic malinger malingered malingering maladaptive maladaptively
  mandated masking masochistic mentalization mentalisation mentalize mentalized mentalizing meltdowns metacognition
  metacognitive metacommunication methadone microaggression microaggressions micromanage microdosing mindfulness
  misattunement misattunements misgender misgendered misgendering misophonia monoamine mutism myoclonus narcissism
  narcissistic narcolepsy negativistic neologism neologisms neurobehavioral neurobiology neurocognitive neurodivergence
  neurodivergent neurodiverse neurodiversity neurodevelopmental neurofeedback neuroleptic neuroleptics neuromodulation
  neuroplasticity neuropsych neuropsychological neuropsychologist neuropsychology neuroception neurosequential
  neurotransmitter neurotransmitters neurotypical neurovegetative nonadherence nonadherent nonbinary noncompliance
  noncompliant nondirective nonjudgmental nonjudgmentally nonlethal nonpharmacological nonreactive nonsuicidal
  nonverbal nonverbally norepinephrine obsessional obsessionality occupational olfactory oppositional
  oppositionality orthorexia orthorexic orthostatic outpatient outpatients overaccommodate overactivity overarousal
  overfunction overfunctioning overgeneralization overgeneralize overgeneralizing overinclusive overmedicated
  overproductive oversharing overstimulated overstimulating overstimulation overvalued oxytocin palilalia panicky panhypopituitarism
  parasomnia parasomnias parasuicidal parasympathetic parentification parentified parentify parasocial paraphilia
  paraphilic paresthesia paucity pansexual perimenopausal perimenopause perinatal perseverate perseverated perseverates
  perseverating perseveration perseverative personhood pervasively pharmacogenetic pharmacokinetics pharmacotherapy
  phobic phonological pica polypharmacy polysubstance polyvagal postnatal postpartum posttraumatic
  posturing pragmatics premorbid premorbidly prenatal presyncope pressured prodromal prodrome prosocial prosodic prosody
  proprioception proprioceptive providers pseudobulbar pseudodementia pseudoseizure pseudoseizures psychodrama
  psychodynamic psychodynamically psychoeducate psychoeducated psychoeducation psychoeducational psychogenic psychomotor
  psychoneurotic psychopathology psychopharmacologist psychopharmacology psychosexual psychosocial psychosocially
  psychosomatic psychostimulant psychostimulants psychotherapeutic psychotherapeutically psychotherapies psychotherapist
  psychotherapists psychotherapy psychotic psychotically psychotropic psychotropics pyromania
  rapport rageful recategorize recidivism rediscuss reengage reengaged reengagement reexperience reexperienced
  reexperiencing reframe reframed reframes reframing rehospitalization rehospitalized relapse relapsed relational
  relationally reparent reparenting reparative reprocess reprocessed reprocessing resourcing respite responsivity
  restimulate restorative retraumatization retraumatize retraumatized retraumatizing reunification revictimization
  rigidity ruminate ruminated ruminates ruminating rumination ruminations ruminative safeguarding scaffolded scaffolding
  schizoaffective schizoid schizophrenia schizophreniform schizotypal selfcare selfharm selfhood selfobject
  sensorimotor sensorium serotonergic serotonin sexting sexualized sexualised shutdowns sibs sleepwalking
  sleepwalk sobriety sociometric sociopathy socioeconomic socioemotional sociogram somatic somatically somaticize
  somatization somatisation somatize somatized somatizing somatosensory somnolence somnolent splitting stepdad stepmom
  stepparent stepparents stepsibling stepsiblings stereotypies stereotypy stimming stims stim stressor stressors stonewall
  stonewalled stonewalling strengths subclinical subdural subluxation subscale subscales subsyndromal subthreshold
  suicidality superego surrogacy sublingual sundowning syncope tachycardia tachycardic tachyphrenia tangential
  tangentiality tangentially tantrum tantrumed tantruming tantrums tardive teletherapy telehealth telemental
  telepsychiatry termination testamentary thalamic therapeutically thymic tic tics tinnitus titrate titrated titrates
  titrating titration tolerability toileting tonicity transdiagnostic transference transferential transgender
  transgenerational transphobia transphobic traumagenic traumatization traumatize traumatized traumatizing triangulate
  triangulated triangulating triangulation trichotillomania tricyclic tricyclics trigeminal triggering truancy truant
  typologies unaccompanied uncathected undermedicated underfunctioning undersocialized undomiciled unhoused
  unmasking unmedicated unprocessed unregulated unresourced unsafety urticaria vagal vagus validating vasovagal
  ventilating ventromedial verbalization verbalizations verbalize verbalized verbalizes verbalizing verbalisation
  verbalise verbalised vestibular vicarious victimization victimize victimized videoconference videoconferencing
  visuospatial voyeurism vulnerabilities warmline waitlist waitlisted waitlists withdrawal workability wraparound
  zoophobia
`)

const SCHOOL = words(`
  accommodations afterschool aide aides bullying caregiver caregivers classwide counselor counselors counsellor
  counsellors cyberbullied cyberbullying detention detentions dyslexics FERPA fidgety grader graders
  guardian guardians kindergartener kindergarteners kindergartner makerspace manifestation McKinney
  multilingual multitiered paraeducator paraeducators parapro paraprofessional paraprofessionals paras pushin pullout
  preK prekindergarten preschooler preschoolers preteen preteens reevaluation reevaluations restoratively schoolwide
  schoolwork SEL tiered truancies truants tweens Vento walkthroughs
`)

const METHODS = words(`
  Adlerian Ainsworth Asperger Asperger's Bandura Beavers Beck Beck's Bion Boszormenyi-Nagy Bowen Bowenian Bowlby
  Bronfenbrenner Bion's Coles Erikson Eriksonian Ericksonian Ferenczi Fonagy Gestalt Gottman Gottmans Haley Hakomi
  Hakomian Imago Jung Jungian Kernberg Kleinian Kohut Kohutian Lacanian Linehan Maslow McGoldrick Millon Minuchin
  Montessori Piaget Piagetian Porges Prochaska Reiki Rogerian Rorschach Sandtray sandtray Satir Satir's Siegel Sullivanian
  Theraplay Tourette Tourette's Vygotsky Wechsler Winnicott Winnicottian Woodcock Yalom Yalom's Vineland Conners Achenbach
  Vanderbilt Columbia Likert Edinburgh Beery Bender Stroop Zung Barkley Kaufman
`)

const ABBREVIATIONS = words(`
  ABA ACEs ACTs ADHD ADLs AIMS AMA AOx3 APRN APS ASAM ASD ASRS ASSIST AUDIT AUDIT-C BAC BAI BASC BCBA BDI BDIs BHRS BIP BIPs
  BIRP BPD BPRS BPSA CAADID CADC CAGE CANS CASII CBCL CBT CBTi CDI CFT CGI CGAS CPS CPT CRAFFT CSSRS CSWE CTRS DAP
  DASS DBT DBTs DCF DCFS DFPS DID DMDD DNKA DSM DSM-5 DSM-5-TR DTRs DUI DV DWI EAP EBD EBP ECT EDNOS EFT
  EHR EMDR EMR EPDS EPSDT ERP FAPE FBA FBAs FERPA GAD GAD-7 GAF GARS GED GIRP HI HIPAA HRT IADLs ICD ICD-10 ICD-10-CM ICHT IDD IEP
  IEPs IFS IOP IOPs IPT IPV ISP ISPs LCPC LCSW LCSWs LGBTQ LGBTQIA LICSW LMFT LMFTs LMHC LMHP LMSW LOC LPC LPCC LPCs LPN
  LRE MAOI MAOIs MAT MBCT MBSR MCO MDD MDQ MHP MMSE MoCA MSE MSW MTSS NAMI NASW NICHQ NOS NSSI OCD OCPD ODD OHI OT
  OUD PANDAS PANS PBIS PCIT PCL PCL-5 PCP PCPs PDA PDD PDMP PE PHI PHP PHQ PHQ-2 PHQ-9 PMDD PMHNP PMHNPs PNES PPD PRN
  PSC PsyD PTSD QIDS RAADS RBT RCADS ROI ROIs RTC RTI SAD SAMHSA SBIRT SCARED SCID SDOH SDQ SI SIB SLD SLP SMI SNAP SNRI
  SNRIs SOAP SPED SRO SSI SSDI SSRI SSRIs SSW STAR SUD SUDs TBI TCAs TF-CBT TFCBT THC TMS UTI UDS VAT WAIS WHODAS WISC
  WNL WRAP YBOCS Y-BOCS YMRS
`)

/** Clipped forms that notes are full of. */
const SHORT_FORMS = words(`
  appt appts approx bio clt clts cont'd dx'd dx hx hosp indiv interv meds mo mos neg pos pt pts rx sx sxs tx txs temp
  f2f vs wk wks yo yr yrs rescheduled reschedule freq grp mins min hrs hr mtg fam fx gp psych psychs vax
  telehealth voicemail voicemails email emails emailed emailing texted texting website smartphone online facetime
  FaceTime WhatsApp TikTok Snapchat Instagram YouTube Discord Zoom Doxy
`)

/** Each word once. */
export const clinicalWords: readonly string[] = [
  ...new Set([...MEDICATIONS, ...BRANDS, ...TERMS, ...SCHOOL, ...METHODS, ...ABBREVIATIONS, ...SHORT_FORMS]),
]
