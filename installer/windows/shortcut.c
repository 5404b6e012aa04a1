/* Writes the program's AppUserModelID into a shortcut that is there already.

   Windows then knows that the running window belongs to this shortcut: one button on the taskbar, also when pinned, and
   notifications under the shortcut's name and icon. Asked for by the installer: counterbell.exe --mark-shortcut FILE.lnk */
#define COBJMACROS
#define INITGUID
#include "launcher.h"
#include <shlobj.h>
#include <propkey.h>
#include <propsys.h>

/* Returns 0 when it is written. The process ends right after, and with it what it holds. */
int mark_shortcut(const wchar_t *path) {
    IShellLinkW *link = NULL;
    IPersistFile *file = NULL;
    IPropertyStore *store = NULL;
    PROPVARIANT id;
    HRESULT done = CoInitializeEx(NULL, COINIT_APARTMENTTHREADED);
    if (SUCCEEDED(done))
        done = CoCreateInstance(&CLSID_ShellLink, NULL, CLSCTX_INPROC_SERVER, &IID_IShellLinkW, (void **)&link);
    if (SUCCEEDED(done)) done = IShellLinkW_QueryInterface(link, &IID_IPersistFile, (void **)&file);
    if (SUCCEEDED(done)) done = IPersistFile_Load(file, path, STGM_READWRITE);
    if (SUCCEEDED(done)) done = IShellLinkW_QueryInterface(link, &IID_IPropertyStore, (void **)&store);
    if (SUCCEEDED(done)) {
        id.vt = VT_LPWSTR;
        id.pwszVal = APP_ID; /* copied by SetValue */
        done = IPropertyStore_SetValue(store, &PKEY_AppUserModel_ID, &id);
    }
    if (SUCCEEDED(done)) done = IPropertyStore_Commit(store);
    if (SUCCEEDED(done)) done = IPersistFile_Save(file, path, TRUE);
    return SUCCEEDED(done) ? 0 : 1;
}
