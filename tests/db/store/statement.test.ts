import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  allowedInUnit,
  onlyReads,
  refuseStoreOnly,
  rewritten,
  statementShape,
} from '../../../src/main/store/driver/statement.ts'

test('parameters are found in the order SQLite numbers them, and not in text, comments or quoted names', () => {
  const sql = `SELECT :b, ':no', ":no", [:no], \`:no\` -- :no
    /* :no ; */ FROM t WHERE a = :a AND b = :b AND c ->> '$.x' = :c_1`
  expect(statementShape(sql).names).toEqual(['b', 'a', 'c_1'])
})

test('the verb is that of the statement, whatever stands before it', () => {
  const verbs = {
    'select 1': 'SELECT',
    '-- x\n UPDATE t SET a = 1': 'UPDATE',
    'WITH a AS (SELECT 1), b AS (DELETE FROM x) INSERT INTO t SELECT * FROM a': 'INSERT',
    'WITH RECURSIVE a(n) AS (VALUES (1) UNION SELECT n + 1 FROM a) SELECT n FROM a': 'SELECT',
    'INSERT OR ROLLBACK INTO t VALUES (1)': 'ROLLBACK',
    '': '',
  }
  for (const [sql, verb] of Object.entries(verbs)) expect(statementShape(sql).verb).toBe(verb)
})

test('a second statement is refused; a trailing semicolon and a trigger body are not', () => {
  expect(() => statementShape('SELECT 1; SELECT 2')).toThrow('MISUSE_SECOND_STATEMENT')
  expect(() => statementShape("SELECT ';'; -- end")).not.toThrow()
  const trigger = 'CREATE TRIGGER a AFTER INSERT ON t BEGIN DELETE FROM x; DELETE FROM y; END;'
  expect(allowedInUnit(statementShape(trigger))).toBe(true)
})

test('no word hidden in text, a comment or a name makes a statement more or less allowed', () => {
  const hiding = fc.constantFrom(
    "'COMMIT;'",
    '"ATTACH"',
    '/* ROLLBACK; */',
    '-- DELETE\n',
    '[INSERT]',
    '`PRAGMA`',
  )
  fc.assert(
    fc.property(fc.array(hiding), fc.array(hiding), (before, after) => {
      const comments = before.filter((one) => one.startsWith('/*') || one.startsWith('--')).join(' ')
      const shape = statementShape(`${comments} SELECT 1 ${after.join(' ')}`)
      expect([onlyReads(shape), shape.names]).toEqual([true, []])
      expect(onlyReads(statementShape(`${comments} DELETE FROM t ${after.join(' ')}`))).toBe(false)
    }),
  )
})

test('a script may not end its transaction or attach a file, wherever that stands', () => {
  const good =
    "CREATE TABLE a (x); CREATE TRIGGER b AFTER INSERT ON a BEGIN SELECT RAISE(ABORT, 'SEALED'); END; -- COMMIT;"
  expect(() => refuseStoreOnly(good)).not.toThrow()
  for (const bad of [
    'COMMIT',
    'ATTACH x AS y',
    'VACUUM',
    'release a',
    'SAVEPOINT a',
    'INSERT OR ROLLBACK INTO a',
  ]) {
    expect(() => refuseStoreOnly(`${good}\n/* x */ ${bad};`)).toThrow('MISUSE_STORE_ONLY')
  }
})

test('rewriting replaces exactly the places of a parameter', () => {
  const sql = "SELECT :a, ':a', :ab, :a"
  expect(rewritten(sql, statementShape(sql), new Map([['a', '+1']]))).toBe("SELECT +1, ':a', :ab, +1")
})
