/* For tests under wine only: Windows 10 has this library since version 1703, wine does not. Qt looks to it for character
   sets other than UTF-8, UTF-16, UTF-32 and Latin-1; here each of them is said not to be known. */
#define CALL(name) __declspec(dllexport) void *name(void) { return 0; }
enum { U_FILE_ACCESS_ERROR = 4 };

__declspec(dllexport) void *ucnv_open(const char *name, int *error) {
    (void)name;
    if (error) *error = U_FILE_ACCESS_ERROR;
    return 0;
}

CALL(ucnv_close)
CALL(ucnv_reset)
CALL(ucnv_getName)
CALL(ucnv_getMaxCharSize)
CALL(ucnv_getStandardName)
CALL(ucnv_getAvailableName)
CALL(ucnv_countAvailable)
CALL(ucnv_toUnicode)
CALL(ucnv_fromUnicode)
CALL(ucnv_toUCountPending)
CALL(ucnv_fromUCountPending)
CALL(ucnv_getToUCallBack)
CALL(ucnv_getFromUCallBack)
CALL(ucnv_setToUCallBack)
CALL(ucnv_setFromUCallBack)
CALL(ucnv_cbToUWriteUChars)
CALL(UCNV_TO_U_CALLBACK_SUBSTITUTE)
CALL(UCNV_FROM_U_CALLBACK_SUBSTITUTE)
