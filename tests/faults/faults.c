/* Faults below a folder, at the system calls: a process is killed at the n-th one, or refused from it on.

   Loaded with LD_PRELOAD, so that the product needs no code for tests. Everything passes through until it is armed; what
   lies outside the armed folder always does. See layer.py for who arms it and what the bits mean. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

enum { WRITES = 1, OPENS = 2, CREATES = 4, NAMES = 8, READS = 16, SYNCS = 32, LOCKS = 64 };
enum { NOTHING, KILL_BEFORE, KILL_HALFWAY, REFUSE, SHORT };

static char folder[PATH_MAX];
static size_t length;
static volatile int armed, action, denied, number;
static volatile long at, count;

void faults_arm(const char *where, long when, int what, int bits, int error) {
    strncpy(folder, where, sizeof folder - 1);
    length = strlen(folder);
    at = when, action = what, denied = bits, number = error, count = 0;
    armed = 1;
}
void faults_disarm(void) { armed = 0; }
long faults_count(void) { return count; }

static int below(const char *path) {
    return strncmp(path, folder, length) == 0 && (path[length] == '/' || path[length] == '\0');
}
static int named(int dir, const char *path) {
    char full[PATH_MAX * 2];
    if (!armed || path == NULL) return 0;
    if (path[0] == '/') return below(path);
    if (dir == AT_FDCWD) {
        if (getcwd(full, PATH_MAX) == NULL) return 0;
    } else {
        char link[64];
        ssize_t size;
        snprintf(link, sizeof link, "/proc/self/fd/%d", dir);
        if ((size = readlink(link, full, PATH_MAX - 1)) < 0) return 0;
        full[size] = '\0';
    }
    strcat(full, "/");
    strncat(full, path, PATH_MAX - 1);
    return below(full);
}
static int held(int fd) {
    char link[64], path[PATH_MAX];
    ssize_t size;
    if (!armed) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    if ((size = readlink(link, path, sizeof path - 1)) < 0) return 0;
    path[size] = '\0';
    return below(path);
}
static void die(void) {
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

/* What becomes of a call that changes something: it is counted, and it may be the one. */
static int counted(int bit) {
    int saved = errno;
    long now = __sync_add_and_fetch(&count, 1);
    errno = saved;
    if (action == KILL_BEFORE && now == at) die();
    if (action == REFUSE && now >= at && (denied & bit)) return REFUSE;
    return now == at ? action : NOTHING;
}
/* Reading is not counted, for nothing can be lost by it; it is refused with the rest. */
static int refused(int bit) { return action == REFUSE && count + 1 >= at && (denied & bit); }

#define REAL(type, name, ...) static type (*real)(__VA_ARGS__); if (!real) real = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)
#define FAIL { errno = number; return -1; }
#define AROUND(bit, half, call) { \
        int what = counted(bit); \
        if (what == REFUSE) FAIL \
        if (what == SHORT && (half)) return real call; \
        if (what == KILL_HALFWAY) { (void)!real call; die(); } \
    }

/* Half of the bytes of the one call: the process dies then, or is told that no more were written. */
ssize_t write(int fd, const void *data, size_t size) {
    REAL(ssize_t, "write", int, const void *, size_t);
    if (held(fd)) {
        size_t whole = size;
        int what = counted(WRITES);
        if (what == REFUSE) FAIL
        if ((what == SHORT || what == KILL_HALFWAY) && size > 1) whole = size / 2;
        if (what == KILL_HALFWAY) { (void)!real(fd, data, whole); die(); }
        return real(fd, data, whole);
    }
    return real(fd, data, size);
}
#define PWRITE(name, offset) \
    ssize_t name(int fd, const void *data, size_t size, offset place) { \
        REAL(ssize_t, #name, int, const void *, size_t, offset); \
        if (held(fd)) { \
            size_t whole = size; \
            int what = counted(WRITES); \
            if (what == REFUSE) FAIL \
            if ((what == SHORT || what == KILL_HALFWAY) && size > 1) whole = size / 2; \
            if (what == KILL_HALFWAY) { (void)!real(fd, data, whole, place); die(); } \
            return real(fd, data, whole, place); \
        } \
        return real(fd, data, size, place); \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#define TRUNCATE(name, offset) \
    int name(int fd, offset size) { \
        REAL(int, #name, int, offset); \
        if (held(fd)) AROUND(WRITES, 0, (fd, size)) \
        return real(fd, size); \
    }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

#define SENDFILE(name, offset) \
    ssize_t name(int out, int in, offset *place, size_t size) { \
        REAL(ssize_t, #name, int, int, offset *, size_t); \
        if (held(out)) { \
            struct stat about; \
            int what = counted(WRITES); \
            if (what == REFUSE) FAIL \
            if (what == KILL_HALFWAY) { \
                if (fstat(in, &about) == 0 && (size_t)about.st_size < size) size = about.st_size; \
                (void)!real(out, in, place, size / 2); \
                die(); \
            } \
        } \
        return real(out, in, place, size); \
    }
SENDFILE(sendfile, off_t)
SENDFILE(sendfile64, off64_t)

#define SYNC(name) \
    int name(int fd) { \
        REAL(int, #name, int); \
        if (held(fd)) AROUND(SYNCS, 0, (fd)) \
        return real(fd); \
    }
SYNC(fsync)
SYNC(fdatasync)

int rename(const char *from, const char *to) {
    REAL(int, "rename", const char *, const char *);
    if (named(AT_FDCWD, to) || named(AT_FDCWD, from)) AROUND(NAMES, 0, (from, to))
    return real(from, to);
}
int renameat(int a, const char *from, int b, const char *to) {
    REAL(int, "renameat", int, const char *, int, const char *);
    if (named(b, to) || named(a, from)) AROUND(NAMES, 0, (a, from, b, to))
    return real(a, from, b, to);
}
int unlink(const char *path) {
    REAL(int, "unlink", const char *);
    if (named(AT_FDCWD, path)) AROUND(NAMES, 0, (path))
    return real(path);
}
int unlinkat(int dir, const char *path, int flags) {
    REAL(int, "unlinkat", int, const char *, int);
    if (named(dir, path)) AROUND(NAMES, 0, (dir, path, flags))
    return real(dir, path, flags);
}
int rmdir(const char *path) {
    REAL(int, "rmdir", const char *);
    if (named(AT_FDCWD, path)) AROUND(NAMES, 0, (path))
    return real(path);
}
int mkdir(const char *path, mode_t mode) {
    REAL(int, "mkdir", const char *, mode_t);
    if (named(AT_FDCWD, path)) AROUND(CREATES, 0, (path, mode))
    return real(path, mode);
}
int chmod(const char *path, mode_t mode) {
    REAL(int, "chmod", const char *, mode_t);
    if (named(AT_FDCWD, path)) AROUND(WRITES, 0, (path, mode))
    return real(path, mode);
}

/* One that may make a file counts as a change, for it may be the first trace of something. */
static int opening(int dir, const char *path, int flags) {
    int saved = errno, exists, bit;
    if (!named(dir, path)) return 0;
    exists = faccessat(dir, path, F_OK, 0) == 0;
    errno = saved;
    if (refused(READS)) return REFUSE;
    if ((flags & O_ACCMODE) == O_RDONLY && !(flags & O_CREAT)) return 0;
    bit = !exists && (flags & O_CREAT) ? CREATES : OPENS;
    if (flags & (O_CREAT | O_TRUNC)) return counted(bit);
    return refused(bit) ? REFUSE : 0;
}
#define OPEN(name, PARAMETERS, dir, path, ...) \
    int name PARAMETERS { \
        mode_t mode = 0; \
        int what, fd; \
        if (flags & (O_CREAT | O_TMPFILE)) { \
            va_list more; \
            va_start(more, flags); \
            mode = va_arg(more, mode_t); \
            va_end(more); \
        } \
        what = opening(dir, path, flags); \
        if (what == REFUSE) FAIL \
        fd = real(__VA_ARGS__); \
        if (what == KILL_HALFWAY) die(); \
        return fd; \
    }
#undef REAL
#define REALOPEN(id, name, ...) \
    static int (*id)(__VA_ARGS__); \
    __attribute__((constructor)) static void id##_found(void) { id = (int (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name); }
REALOPEN(real_open, "open", const char *, int, ...)
REALOPEN(real_open64, "open64", const char *, int, ...)
REALOPEN(real_openat, "openat", int, const char *, int, ...)
REALOPEN(real_openat64, "openat64", int, const char *, int, ...)
#define real real_open
OPEN(open, (const char *path, int flags, ...), AT_FDCWD, path, path, flags, mode)
#undef real
#define real real_open64
OPEN(open64, (const char *path, int flags, ...), AT_FDCWD, path, path, flags, mode)
#undef real
#define real real_openat
OPEN(openat, (int dir, const char *path, int flags, ...), dir, path, dir, path, flags, mode)
#undef real
#define real real_openat64
OPEN(openat64, (int dir, const char *path, int flags, ...), dir, path, dir, path, flags, mode)
#undef real
#define REAL(type, name, ...) static type (*real)(__VA_ARGS__); if (!real) real = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

ssize_t read(int fd, void *data, size_t size) {
    REAL(ssize_t, "read", int, void *, size_t);
    if (held(fd) && refused(READS)) FAIL
    return real(fd, data, size);
}
#define PREAD(name, offset) \
    ssize_t name(int fd, void *data, size_t size, offset place) { \
        REAL(ssize_t, #name, int, void *, size_t, offset); \
        if (held(fd) && refused(READS)) FAIL \
        return real(fd, data, size, place); \
    }
PREAD(pread, off_t)
PREAD(pread64, off64_t)
#define STAT(name, type) \
    int name(const char *path, struct type *about) { \
        REAL(int, #name, const char *, struct type *); \
        if (named(AT_FDCWD, path) && refused(READS)) FAIL \
        return real(path, about); \
    }
STAT(stat, stat)
STAT(stat64, stat64)
STAT(lstat, stat)
STAT(lstat64, stat64)
DIR *opendir(const char *path) {
    REAL(DIR *, "opendir", const char *);
    if (named(AT_FDCWD, path) && refused(READS)) { errno = number; return NULL; }
    return real(path);
}

/* Drives that cannot lock, or whose server went away. */
int flock(int fd, int operation) {
    REAL(int, "flock", int, int);
    if (held(fd) && refused(LOCKS)) FAIL
    return real(fd, operation);
}
#define FCNTL(name) \
    int name(int fd, int command, ...) { \
        va_list more; \
        void *argument; \
        REAL(int, #name, int, int, ...); \
        va_start(more, command); \
        argument = va_arg(more, void *); \
        va_end(more); \
        if ((command == F_SETLK || command == F_SETLKW) && held(fd) && refused(LOCKS)) FAIL \
        return real(fd, command, argument); \
    }
FCNTL(fcntl)
FCNTL(fcntl64)

/* Who is refused locks asks for them again and again, in SQLite for ten seconds; nobody would ever give them. */
int usleep(useconds_t microseconds) {
    REAL(int, "usleep", useconds_t);
    if (armed && refused(LOCKS)) return 0;
    return real(microseconds);
}
