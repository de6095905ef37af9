// FoldersTests
