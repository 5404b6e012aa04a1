; The wizard: per user, no administrator. Made by installer/windows/build.py, which gives
;   VERSION, NUMBERS (four numbers), STAGE (what is installed), WORK (pictures), OUT, and if wanted FAST and SIGN.
; Switches: setup.exe /S [/AUTOSTART=0|1] [/DESKTOP=0|1] [/START=0|1] [/LANG=1033|1045|1049] [/D=C:\folder, last, without quotes]
;           uninstall.exe /S [/PURGE=1]
; Ends with: 0 done, 1 cancelled, 2 broken off, 4 Windows too old, 5 program does not end, 6 folder not writable.
Unicode true
Target amd64-unicode
!define APP "Counterbell"
!define EXE "counterbell.exe"
!define CLI "counterbell-cli.exe"
!define DATA "counterbell"
!define ID "Counterbell.Counterbell"
!define KEY "Software\${APP}"
!define UNKEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${APP}"
!define RUNKEY "Software\Microsoft\Windows\CurrentVersion\Run"
!define IDKEY "Software\Classes\AppUserModelId\${ID}"
Name "${APP}"
OutFile "${OUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\${APP}"
InstallDirRegKey HKCU "${KEY}" "Folder"
!ifdef FAST
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif
!ifdef SIGN
  !finalize '${SIGN} "%1"'
  !uninstfinalize '${SIGN} "%1"'
!endif
ManifestDPIAware true
ManifestSupportedOS Win10
SpaceTexts none
ShowInstDetails nevershow
ShowUninstDetails nevershow
BrandingText "${APP} ${VERSION}"
VIProductVersion "${NUMBERS}"
VIFileVersion "${NUMBERS}"
VIAddVersionKey "ProductName" "${APP}"
VIAddVersionKey "CompanyName" "${APP}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "${APP} setup"
VIAddVersionKey "LegalCopyright" "GPL-3.0-or-later"

!include MUI2.nsh
!include LogicLib.nsh
!include FileFunc.nsh
!include Sections.nsh
!include WinVer.nsh
!define MUI_ICON "${WORK}/counterbell.ico"
!define MUI_UNICON "${WORK}/counterbell.ico"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${WORK}/welcome.bmp"
!define MUI_UNWELCOMEFINISHPAGE_BITMAP "${WORK}/welcome.bmp"
!define MUI_ABORTWARNING
!define MUI_LANGDLL_REGISTRY_ROOT HKCU
!define MUI_LANGDLL_REGISTRY_KEY "${KEY}"
!define MUI_LANGDLL_REGISTRY_VALUENAME "Language"
!define MUI_WELCOMEPAGE_TEXT "$(T_WELCOME)"
!define MUI_COMPONENTSPAGE_SMALLDESC
!define MUI_FINISHPAGE_RUN "$INSTDIR\${EXE}"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_COMPONENTS
!define MUI_PAGE_CUSTOMFUNCTION_LEAVE LeaveFolder
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!define MUI_COMPONENTSPAGE_TEXT_TOP "$(T_UNINSTALL)"
!insertmacro MUI_UNPAGE_COMPONENTS
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "Polish"
!insertmacro MUI_LANGUAGE "Russian"
!insertmacro MUI_RESERVEFILE_LANGDLL
!include "words.nsh"

Var Place      ; the folder of the program that is closed or removed
Var Busy       ; 1 while a process runs from it
Var WasRunning ; 1 where one did when we came
Var Start      ; 1 where the program is to be started after a silent run

!macro LOOK FILE
  ${If} ${FileExists} "${FILE}"
    ClearErrors
    FileOpen $9 "${FILE}" a
    ${If} ${Errors}
      StrCpy $Busy 1
    ${Else}
      FileClose $9
    ${EndIf}
  ${EndIf}
!macroend

!macro FUNCTIONS UN
; Sets $Busy: a file that runs cannot be opened for writing.
Function ${UN}LookWhetherBusy
  StrCpy $Busy 0
  !insertmacro LOOK "$Place\${EXE}"
  !insertmacro LOOK "$Place\${CLI}"
  !insertmacro LOOK "$Place\runtime\python311.dll"
FunctionEnd

; Waits up to $8 quarters of a second for the end of all processes.
Function ${UN}WaitWhileBusy
  ${Do}
    Call ${UN}LookWhetherBusy
    ${If} $Busy = 0
      Return
    ${EndIf}
    Sleep 250
    IntOp $8 $8 - 1
  ${LoopWhile} $8 > 0
FunctionEnd

; Asks the program to end, which saves what is typed; what does not answer within half a minute is ended by force.
Function ${UN}CloseProgram
  ${IfNot} ${FileExists} "$Place\${EXE}"
    Return
  ${EndIf}
  Call ${UN}LookWhetherBusy
  ${If} $Busy = 0
    Return
  ${EndIf}
  StrCpy $WasRunning 1
  again:
  nsExec::Exec /TIMEOUT=30000 '"$Place\${EXE}" --quit-all'
  Pop $0
  StrCpy $8 40
  Call ${UN}WaitWhileBusy
  ${If} $Busy = 0
    Return
  ${EndIf}
  nsExec::Exec '"$SYSDIR\taskkill.exe" /F /IM ${EXE} /IM ${CLI}'
  Pop $0
  StrCpy $8 20
  Call ${UN}WaitWhileBusy
  ${If} $Busy = 0
    Return
  ${EndIf}
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(T_BUSY)" /SD IDCANCEL IDRETRY again
  SetErrorLevel 5
  Quit
FunctionEnd

; Removes the program's files from $Place and nothing that is not its own.
Function ${UN}RemoveProgram
  ${IfNot} ${FileExists} "$Place\${EXE}"
    Return
  ${EndIf}
  SetDetailsPrint none ; a line for each of 2,500 files takes longer than deleting them
  RMDir /r "$Place\runtime"
  RMDir /r "$Place\lib"
  RMDir /r "$Place\program"
  Delete "$Place\${CLI}"
  Delete "$Place\counterbell.ico"
  Delete "$Place\LICENSE.txt"
  Delete "$Place\uninstall.exe"
  Delete "$Place\${EXE}"
  RMDir "$Place"
  SetDetailsPrint lastused
FunctionEnd
!macroend
!insertmacro FUNCTIONS ""
!insertmacro FUNCTIONS "un."

; A folder that holds other things gets a folder of our own inside it: upgrades and uninstalling empty what is ours.
Function TakeOwnFolder
  StrCpy $0 $INSTDIR 1 -1
  ${If} $0 == "\"
    StrCpy $INSTDIR $INSTDIR -1
  ${EndIf}
  ${If} ${FileExists} "$INSTDIR\*.*"
  ${AndIfNot} ${FileExists} "$INSTDIR\${EXE}"
    ${DirState} "$INSTDIR" $0
    ${If} $0 = 1
      StrCpy $INSTDIR "$INSTDIR\${APP}"
    ${EndIf}
  ${EndIf}
FunctionEnd

; Sets $0 to 1 where the chosen folder can be written to.
Function TryFolder
  StrCpy $0 0
  Call TakeOwnFolder
  CreateDirectory "$INSTDIR"
  ClearErrors
  FileOpen $9 "$INSTDIR\try.tmp" w
  ${IfNot} ${Errors}
    FileClose $9
    Delete "$INSTDIR\try.tmp"
    StrCpy $0 1
  ${EndIf}
FunctionEnd

Function LeaveFolder
  Call TryFolder
  ${If} $0 = 0
    MessageBox MB_OK|MB_ICONEXCLAMATION "$(T_FOLDER)" /SD IDOK
    Abort
  ${EndIf}
FunctionEnd

!macro SHORTCUT FILE
  CreateShortCut "${FILE}" "$INSTDIR\${EXE}" "" "$INSTDIR\counterbell.ico" 0
  nsExec::Exec /TIMEOUT=20000 '"$INSTDIR\${EXE}" --mark-shortcut "${FILE}"'
  Pop $0
!macroend

Section "!$(T_PROGRAM)" SecProgram
  SectionIn RO
  SetDetailsPrint textonly
  Call TryFolder
  ${If} $0 = 0
    SetErrorLevel 6
    Abort
  ${EndIf}
  ReadRegStr $Place HKCU "${KEY}" "Folder"
  ${If} $Place != ""
  ${AndIf} $Place != $INSTDIR
    Call CloseProgram
    Call RemoveProgram
  ${EndIf}
  StrCpy $Place $INSTDIR
  Call CloseProgram
  Call RemoveProgram
  SetOutPath "$INSTDIR"
  File /r "${STAGE}/*.*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  !insertmacro SHORTCUT "$SMPROGRAMS\${APP}.lnk"
  WriteRegStr HKCU "${KEY}" "Folder" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "Version" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "Language" "$LANGUAGE"
  WriteRegStr HKCU "${IDKEY}" "DisplayName" "${APP}"
  WriteRegStr HKCU "${IDKEY}" "IconUri" "$INSTDIR\counterbell.ico"
  WriteRegStr HKCU "${UNKEY}" "DisplayName" "${APP}"
  WriteRegStr HKCU "${UNKEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNKEY}" "Publisher" "${APP}"
  WriteRegStr HKCU "${UNKEY}" "DisplayIcon" "$INSTDIR\counterbell.ico"
  WriteRegStr HKCU "${UNKEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNKEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNKEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNKEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNKEY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  IntFmt $0 "0x%08X" $0
  WriteRegDWORD HKCU "${UNKEY}" "EstimatedSize" "$0"
SectionEnd

Section "$(T_DESKTOP)" SecDesktop
  !insertmacro SHORTCUT "$DESKTOP\${APP}.lnk"
SectionEnd

Section "$(T_AUTOSTART)" SecAutostart
  WriteRegStr HKCU "${RUNKEY}" "${APP}" '"$INSTDIR\${EXE}" --hidden'
SectionEnd

Section -Rest
  ${IfNot} ${SectionIsSelected} ${SecAutostart}
    DeleteRegValue HKCU "${RUNKEY}" "${APP}"
  ${EndIf}
  ${IfNot} ${SectionIsSelected} ${SecDesktop}
    Delete "$DESKTOP\${APP}.lnk"
  ${EndIf}
  ${If} ${Silent}
    ${If} $Start == ""
      StrCpy $Start $WasRunning
    ${EndIf}
    ${If} $Start = 1
      Exec '"$INSTDIR\${EXE}" --hidden'
    ${EndIf}
  ${EndIf}
SectionEnd

!insertmacro MUI_FUNCTION_DESCRIPTION_BEGIN
  !insertmacro MUI_DESCRIPTION_TEXT ${SecProgram} "$(T_PROGRAM_TOLD)"
  !insertmacro MUI_DESCRIPTION_TEXT ${SecDesktop} "$(T_DESKTOP_TOLD)"
  !insertmacro MUI_DESCRIPTION_TEXT ${SecAutostart} "$(T_AUTOSTART_TOLD)"
!insertmacro MUI_FUNCTION_DESCRIPTION_END

Function .onInit
  StrCpy $WasRunning 0
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/LANG=" $1
  ${If} ${Errors}
    !insertmacro MUI_LANGDLL_DISPLAY
  ${Else}
    StrCpy $LANGUAGE $1
  ${EndIf}
  ${IfNot} ${AtLeastBuild} 17763
    MessageBox MB_OK|MB_ICONSTOP "$(T_WINDOWS)" /SD IDOK
    SetErrorLevel 4
    Quit
  ${EndIf}
  ; An upgrade keeps what was chosen before.
  ReadRegStr $0 HKCU "${KEY}" "Folder"
  ${If} $0 != ""
    ReadRegStr $1 HKCU "${RUNKEY}" "${APP}"
    ${If} $1 == ""
      !insertmacro UnselectSection ${SecAutostart}
    ${EndIf}
    ${IfNot} ${FileExists} "$DESKTOP\${APP}.lnk"
      !insertmacro UnselectSection ${SecDesktop}
    ${EndIf}
  ${EndIf}
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/AUTOSTART=" $1
  ${IfNot} ${Errors}
    SectionSetFlags ${SecAutostart} $1
  ${EndIf}
  ClearErrors
  ${GetOptions} $0 "/DESKTOP=" $1
  ${IfNot} ${Errors}
    SectionSetFlags ${SecDesktop} $1
  ${EndIf}
  StrCpy $Start ""
  ClearErrors
  ${GetOptions} $0 "/START=" $1
  ${IfNot} ${Errors}
    StrCpy $Start $1
  ${EndIf}
FunctionEnd

Section "un.${APP}" UnProgram
  SectionIn RO
  StrCpy $Place $INSTDIR
  Call un.CloseProgram
  Call un.ClearOut
  SetOutPath "$TEMP"
  Call un.RemoveProgram
  Delete "$SMPROGRAMS\${APP}.lnk"
  Delete "$DESKTOP\${APP}.lnk"
  DeleteRegValue HKCU "${RUNKEY}" "${APP}"
  DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run" "${APP}"
  DeleteRegKey HKCU "${UNKEY}"
  DeleteRegKey HKCU "${IDKEY}"
  DeleteRegKey HKCU "${KEY}"
SectionEnd

Section /o "un.$(T_DATA)" UnData
  RMDir /r "$APPDATA\${DATA}"
  RMDir /r "$APPDATA\${DATA}-sample"
SectionEnd

; Before the data go, the program takes its passwords out of the system's vault: afterwards nobody knows their names.
Function un.ClearOut
  ${If} ${SectionIsSelected} ${UnData}
  ${AndIf} ${FileExists} "$APPDATA\${DATA}\shop.json"
    nsExec::Exec /TIMEOUT=60000 '"$INSTDIR\${CLI}" --clear-out'
    Pop $0
  ${EndIf}
FunctionEnd

!insertmacro MUI_UNFUNCTION_DESCRIPTION_BEGIN
  !insertmacro MUI_DESCRIPTION_TEXT ${UnData} "$(T_DATA_TOLD)"
!insertmacro MUI_UNFUNCTION_DESCRIPTION_END

Function un.onInit
  StrCpy $WasRunning 0
  !insertmacro MUI_UNGETLANGUAGE
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/PURGE=" $1
  ${IfNot} ${Errors}
    SectionSetFlags ${UnData} $1
  ${EndIf}
FunctionEnd
