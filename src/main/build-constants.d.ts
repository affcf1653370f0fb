/** False in a release, where everything behind it is compiled out. Ask `app.isPackaged` as well. */
declare const __TEST_SEAMS__: boolean
