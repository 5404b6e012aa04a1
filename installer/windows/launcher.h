#include <windows.h>

#define APP_ID L"Counterbell.Counterbell"

int mark_shortcut(const wchar_t *path);
