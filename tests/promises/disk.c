/*
 * Stands between the program and its disk: writes down what is done to the files of one folder, in order, and
 * makes calls fail when a file of faults says so. Loaded by LD_PRELOAD; used by the tests of the promises only.
 *
 * DISK_ROOT   the folder that is watched
 * DISK_LOG    the file that everything is written down in; not set, nothing is
 * DISK_FAULT  a file "CLASS ERRNO FROM COUNT": of the calls of that class (write, sync, open, all), counted from 1
 *             since the program began, those from FROM on fail with ERRNO, COUNT of them (-1: all). ERRNO 0 kills
 *             the program before the call, -1 after half of a write. "@N" as FROM counts from the first look at it.
 *
 * A line of the log: op (1 byte), file (4), offset (8), length (8), then the data; little-endian.
 *   C created, data = name    O opened, data = name    W written    T cut to offset    S synced
 *   D folder synced, data = name    U unlinked, data = name    R renamed, data = old \0 new
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILES 4096
#define FDS 4096
#define NONE -1
#define UNLOGGED -2
#define FOLDER -3

enum class { WRITE, SYNC, OPEN, CLASSES };
static const char *const NAMES[CLASSES] = {"write", "sync", "open"};

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static int ready, log_fd = -1;
static char root[PATH_MAX];
static size_t root_length;
static const char *fault_path;
static long counts[CLASSES];
static int of_fd[FDS];
static char folder_of_fd[FDS][256];
static struct { dev_t device; ino_t inode; } files[FILES];
static int known;

static int (*real_open)(const char *, int, ...);
static int (*real_openat)(int, const char *, int, ...);
static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static int (*real_ftruncate)(int, off_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_unlink)(const char *);
static int (*real_rename)(const char *, const char *);
static int (*real_close)(int);

__attribute__((constructor)) static void begin(void) {
    real_open = dlsym(RTLD_NEXT, "open");
    real_openat = dlsym(RTLD_NEXT, "openat");
    real_write = dlsym(RTLD_NEXT, "write");
    real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
    real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
    real_fsync = dlsym(RTLD_NEXT, "fsync");
    real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
    real_unlink = dlsym(RTLD_NEXT, "unlink");
    real_rename = dlsym(RTLD_NEXT, "rename");
    real_close = dlsym(RTLD_NEXT, "close");
    for (int fd = 0; fd < FDS; fd++) of_fd[fd] = NONE;
    const char *watched = getenv("DISK_ROOT");
    if (!watched) return;
    snprintf(root, sizeof root, "%s/", watched);
    root_length = strlen(root);
    fault_path = getenv("DISK_FAULT");
    const char *log = getenv("DISK_LOG");
    if (log) log_fd = real_open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    ready = 1;
}

/* The name inside the folder, "" for the folder itself, NULL for what lies elsewhere. */
static const char *inside(const char *path) {
    if (!ready || !path) return NULL;
    if (strncmp(path, root, root_length) == 0) return path + root_length;
    if (strlen(path) == root_length - 1 && strncmp(path, root, root_length - 1) == 0) return "";
    return NULL;
}

static void note(char op, int file, uint64_t offset, const void *data, uint64_t length) {
    if (log_fd < 0) return;
    unsigned char *line = malloc(21 + length);
    if (!line) abort();
    int32_t number = file;
    line[0] = (unsigned char)op;
    memcpy(line + 1, &number, 4);
    memcpy(line + 5, &offset, 8);
    memcpy(line + 13, &length, 8);
    if (length) memcpy(line + 21, data, length);
    for (uint64_t done = 0; done < 21 + length;) {
        ssize_t wrote = real_write(log_fd, line + done, 21 + length - done);
        if (wrote <= 0) abort();
        done += (uint64_t)wrote;
    }
    free(line);
}

/* Should this call fail? 0: no; else the error, or INT_MIN for half a write. */
static int fault(enum class class) {
    static long first_look[CLASSES];
    long count = ++counts[class];
    if (!fault_path) return 0;
    int fd = real_open(fault_path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) { memset(first_look, 0, sizeof first_look); return 0; }
    char text[64] = {0}, which[16] = {0}, from_text[24] = {0};
    ssize_t got = read(fd, text, sizeof text - 1);
    real_close(fd);
    long many;
    int error;
    if (got <= 0 || sscanf(text, "%15s %d %23s %ld", which, &error, from_text, &many) != 4) return 0;
    if (strcmp(which, "all") != 0 && strcmp(which, NAMES[class]) != 0) return 0;
    long from;
    if (from_text[0] == '@') {
        if (!first_look[class]) first_look[class] = count;
        from = first_look[class] + atol(from_text + 1) - 1;
    } else {
        from = atol(from_text);
    }
    if (count < from || (many >= 0 && count >= from + many)) return 0;
    if (error == 0) { kill(getpid(), SIGKILL); pause(); }
    return error < 0 ? INT_MIN : error;
}

static int has_suffix(const char *name, const char *suffix) {
    size_t length = strlen(name), more = strlen(suffix);
    return length >= more && strcmp(name + length - more, suffix) == 0;
}

static int is_watched(int fd) { return ready && fd >= 0 && fd < FDS && of_fd[fd] != NONE; }

/* What was opened gets the number of its file; a file that was made just now gets a new one. */
static void opened(int fd, const char *name, int is_new) {
    struct stat state;
    if (fd < 0 || fd >= FDS || fstat(fd, &state) != 0) return;
    if (S_ISDIR(state.st_mode)) {
        of_fd[fd] = FOLDER;
        snprintf(folder_of_fd[fd], sizeof folder_of_fd[fd], "%s", name);
        return;
    }
    /* The shared memory of SQLite is rebuilt at every start. */
    if (has_suffix(name, "-shm")) { of_fd[fd] = UNLOGGED; return; }
    if (!is_new)
        for (int file = known - 1; file >= 0; file--)
            if (files[file].device == state.st_dev && files[file].inode == state.st_ino) {
                of_fd[fd] = file;
                return;
            }
    if (known == FILES) abort();
    files[known].device = state.st_dev;
    files[known].inode = state.st_ino;
    of_fd[fd] = known;
    note(is_new ? 'C' : 'O', known, 0, name, strlen(name));
    known++;
}

static int open_it(int at, const char *path, int flags, mode_t mode) {
    const char *name = inside(path);
    if (!name) return real_openat(at, path, flags, mode);
    pthread_mutex_lock(&turn);
    int writes = (flags & O_ACCMODE) != O_RDONLY || (flags & O_CREAT);
    int error = writes ? fault(OPEN) : 0;
    int fd = -1;
    if (error) {
        errno = error;
    } else {
        int was_there = access(path, F_OK) == 0;
        fd = real_openat(at, path, flags, mode);
        int kept = errno;
        if (fd >= 0) opened(fd, name, !was_there);
        if (fd >= 0 && was_there && (flags & O_TRUNC) && of_fd[fd] >= 0) note('T', of_fd[fd], 0, NULL, 0);
        errno = kept;
    }
    pthread_mutex_unlock(&turn);
    return fd;
}

#define MODE                                                 \
    mode_t mode = 0;                                         \
    if (flags & (O_CREAT | __O_TMPFILE)) {                   \
        va_list more;                                        \
        va_start(more, flags);                               \
        mode = va_arg(more, mode_t);                         \
        va_end(more);                                        \
    }

int open(const char *path, int flags, ...) { MODE return open_it(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE return open_it(AT_FDCWD, path, flags | O_LARGEFILE, mode); }
int openat(int at, const char *path, int flags, ...) { MODE return open_it(at, path, flags, mode); }
int openat64(int at, const char *path, int flags, ...) { MODE return open_it(at, path, flags | O_LARGEFILE, mode); }

int close(int fd) {
    if (!is_watched(fd)) return real_close ? real_close(fd) : 0;
    pthread_mutex_lock(&turn);
    of_fd[fd] = NONE;
    int done = real_close(fd);
    pthread_mutex_unlock(&turn);
    return done;
}

/* Writes at a place; offset -1: where the file stands. */
static ssize_t write_it(int fd, const void *data, size_t length, off_t offset) {
    pthread_mutex_lock(&turn);
    int error = fault(WRITE);
    ssize_t wrote = -1;
    if (error == INT_MIN) length /= 2;
    if (error && error != INT_MIN) {
        errno = error;
    } else {
        off_t at = offset;
        if (offset < 0) {
            struct stat state;
            int appends = fcntl(fd, F_GETFL) & O_APPEND;
            at = appends && fstat(fd, &state) == 0 ? state.st_size : lseek(fd, 0, SEEK_CUR);
        }
        wrote = offset < 0 ? real_write(fd, data, length) : real_pwrite(fd, data, length, offset);
        int kept = errno;
        if (wrote > 0 && of_fd[fd] >= 0) note('W', of_fd[fd], (uint64_t)at, data, (uint64_t)wrote);
        errno = kept;
    }
    if (error == INT_MIN) { kill(getpid(), SIGKILL); pause(); }
    pthread_mutex_unlock(&turn);
    return wrote;
}

ssize_t write(int fd, const void *data, size_t length) {
    if (!is_watched(fd)) return real_write(fd, data, length);
    return write_it(fd, data, length, -1);
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t offset) {
    if (!is_watched(fd)) return real_pwrite(fd, data, length, offset);
    return write_it(fd, data, length, offset);
}

ssize_t pwrite(int fd, const void *data, size_t length, off_t offset) { return pwrite64(fd, data, length, offset); }

int ftruncate64(int fd, off64_t length) {
    if (!is_watched(fd)) return real_ftruncate(fd, length);
    pthread_mutex_lock(&turn);
    int error = fault(WRITE), done = -1;
    if (error == INT_MIN) { kill(getpid(), SIGKILL); pause(); }
    if (error) {
        errno = error;
    } else {
        done = real_ftruncate(fd, length);
        int kept = errno;
        if (done == 0 && of_fd[fd] >= 0) note('T', of_fd[fd], (uint64_t)length, NULL, 0);
        errno = kept;
    }
    pthread_mutex_unlock(&turn);
    return done;
}

int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

static int sync_it(int fd, int (*real)(int)) {
    if (!is_watched(fd)) return real(fd);
    pthread_mutex_lock(&turn);
    int error = fault(SYNC), done = -1;
    if (error) {
        errno = error == INT_MIN ? EIO : error;
    } else {
        done = real(fd);
        int kept = errno;
        if (done == 0 && of_fd[fd] >= 0) note('S', of_fd[fd], 0, NULL, 0);
        if (done == 0 && of_fd[fd] == FOLDER) note('D', -1, 0, folder_of_fd[fd], strlen(folder_of_fd[fd]));
        errno = kept;
    }
    pthread_mutex_unlock(&turn);
    return done;
}

int fsync(int fd) { return sync_it(fd, real_fsync); }
int fdatasync(int fd) { return sync_it(fd, real_fdatasync); }

int unlink(const char *path) {
    const char *name = inside(path);
    if (!name) return real_unlink(path);
    pthread_mutex_lock(&turn);
    int done = real_unlink(path), kept = errno;
    if (done == 0 && !has_suffix(name, "-shm")) note('U', -1, 0, name, strlen(name));
    errno = kept;
    pthread_mutex_unlock(&turn);
    return done;
}

int rename(const char *from, const char *to) {
    const char *old = inside(from), *new = inside(to);
    if (!old || !new) return real_rename(from, to);
    pthread_mutex_lock(&turn);
    int done = real_rename(from, to), kept = errno;
    if (done == 0) {
        char names[2 * PATH_MAX];
        int length = snprintf(names, sizeof names, "%s%c%s", old, 0, new);
        note('R', -1, 0, names, (uint64_t)length);
    }
    errno = kept;
    pthread_mutex_unlock(&turn);
    return done;
}
