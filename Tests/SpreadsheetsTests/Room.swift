// SpreadsheetsTests
