/* counterbell.exe and counterbell-cli.exe: load runtime\python311.dll beside them and run the program's start in it.

   Compiled twice: with -DWINDOWED for the window (GUI subsystem), without for the command line. Everything else is the
   business of start.py. Python's own arguments are fixed: what the user says is never read as one of them. */
#include "launcher.h"
#include <shlobj.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

#define LONGEST 32768

typedef int (*PyMain)(int, wchar_t **);

static const wchar_t *sentence(void) {
    switch (PRIMARYLANGID(GetUserDefaultUILanguage())) {
    case LANG_POLISH:
        return L"Counterbell nie może się uruchomić: brakuje jego plików. Proszę zainstalować program ponownie; "
               L"Państwa dane są bezpieczne.";
    case LANG_RUSSIAN:
        return L"Counterbell не может запуститься: не хватает его файлов. Пожалуйста, установите программу заново; "
               L"ваши данные в сохранности.";
    default:
        return L"Counterbell cannot start: some of its files are missing. Please install it again; your data are safe.";
    }
}

static int fail(const wchar_t *what) {
    static wchar_t words[LONGEST];
    DWORD number = GetLastError();
    _snwprintf(words, LONGEST - 1, L"%ls\n\n%ls (%lu)", sentence(), what, number);
#ifdef WINDOWED
    MessageBoxW(NULL, words, L"Counterbell", MB_ICONERROR);
#else
    fwprintf(stderr, L"%ls\n", words);
#endif
    return 2;
}

int wmain(int count, wchar_t **said) {
    static wchar_t folder[LONGEST], file[LONGEST + 32];
    if (count == 3 && !wcscmp(said[1], L"--mark-shortcut")) return mark_shortcut(said[2]);
    DWORD length = GetModuleFileNameW(NULL, folder, LONGEST);
    if (!length || length == LONGEST) return fail(L"counterbell.exe");
    while (length && folder[length - 1] != L'\\') length--;
    folder[length] = 0;
    SetCurrentProcessExplicitAppUserModelID(APP_ID);
    wcscat(wcscpy(file, folder), L"runtime");
    SetDllDirectoryW(file);
    wcscat(file, L"\\python311.dll");
    HMODULE python = LoadLibraryExW(file, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    if (!python) return fail(file);
    PyMain run = (PyMain)(void *)GetProcAddress(python, "Py_Main");
    wchar_t **words = calloc((size_t)count + 3, sizeof *words);
    if (!run || !words) return fail(L"Py_Main");
    words[0] = said[0];
    words[1] = L"-m";
    words[2] = L"counterbell_start";
    for (int i = 1; i < count; i++) words[i + 2] = said[i];
    return run(count + 2, words);
}

#ifdef WINDOWED
int WINAPI wWinMain(HINSTANCE here, HINSTANCE before, LPWSTR line, int show) {
    (void)here; (void)before; (void)line; (void)show;
    int count = 0;
    wchar_t **said = CommandLineToArgvW(GetCommandLineW(), &count);
    return said ? wmain(count, said) : fail(L"CommandLineToArgvW");
}
#endif
