/**
 * What everybody who keeps such a notebook might think of first, and "password" in the languages that the English
 * dictionaries leave out. By nobody's client: most expected first, all lower case.
 */
export const professionWords: string[] = [
  'passphrase', 'password', 'bracket', 'notebook', 'therapy', 'therapist', 'progressnotes', 'progressnote', 'progress',
  'notes', 'casenotes', 'casenote', 'psychotherapy', 'psychotherapist', 'counseling', 'counselling', 'counselor',
  'counsellor', 'socialwork', 'socialworker', 'social', 'worker', 'school', 'student', 'students', 'client',
  'clients', 'patient', 'patients', 'session', 'sessions', 'confidential', 'private', 'practice', 'hipaa', 'ferpa',
  'license', 'licensed', 'lcsw', 'lmft', 'lpcc', 'psyd', 'clinic', 'clinical', 'clinician', 'freud', 'sigmund',
  'jung', 'rogers', 'mindfulness', 'anxiety', 'depression', 'trauma', 'healing', 'wellness', 'mentalhealth',
  'welcome', 'secret', 'letmein', 'computer', 'laptop', 'office', 'district', 'elementary', 'middleschool',
  'highschool', 'principal', 'teacher', 'children', 'family', 'contraseña', 'contrasena', 'motdepasse', 'passwort',
  'kennwort', 'senha', 'parola', 'wachtwoord', 'hasło', 'haslo', 'пароль', 'пaроль', '密码', '密碼', 'パスワード',
  '비밀번호', 'סיסמה', 'كلمةالسر', 'mật khẩu', 'şifre',
]
