#pragma once
#include <sqlite3.h>

// SQLITE_TRANSIENT is a cast that Swift cannot import: SQLite copies the text or the bytes before the call returns.
static inline int sellout_bind_text(sqlite3_stmt *statement, int place, const char *text, int count) {
    return sqlite3_bind_text(statement, place, text, count, SQLITE_TRANSIENT);
}

static inline int sellout_bind_blob(sqlite3_stmt *statement, int place, const void *bytes, int count) {
    return count > 0 ? sqlite3_bind_blob(statement, place, bytes, count, SQLITE_TRANSIENT) : sqlite3_bind_zeroblob(statement, place, 0);
}

// Before anything else is asked of SQLite: it then keeps no books of its memory, which cost a lock at each allocation.
static inline int sellout_keep_no_memory_statistics(void) {
    return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

// The first bytes of the database's file, read through SQLite's own descriptor: whoever closes another one of the same file lets go of
// SQLite's locks on it (https://sqlite.org/howtocorrupt.html, 2.2). What the file is too short for reads as zeros.
static inline int sellout_read_start(sqlite3 *database, unsigned char *start, int length) {
    sqlite3_file *file = 0;
    int code = sqlite3_file_control(database, "main", SQLITE_FCNTL_FILE_POINTER, &file);
    if (code != SQLITE_OK || file == 0 || file->pMethods == 0) return code == SQLITE_OK ? SQLITE_ERROR : code;
    return file->pMethods->xRead(file, start, length, 0);
}
