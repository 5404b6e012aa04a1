; What the wizard says beyond NSIS's own sentences; each key stands in all three languages.
!macro SAY KEY ENGLISH POLISH RUSSIAN
  LangString ${KEY} ${LANG_ENGLISH} "${ENGLISH}"
  LangString ${KEY} ${LANG_POLISH} "${POLISH}"
  LangString ${KEY} ${LANG_RUSSIAN} "${RUSSIAN}"
!macroend

!insertmacro SAY T_WELCOME \
  "Counterbell hears what is said about your shop and rings once for each complaint.$\r$\n$\r$\nIt is installed for you alone and needs no administrator. If it is running now, it will be closed and started again; nothing you have typed is lost." \
  "Counterbell słyszy, co mówi się o Państwa sklepie, i o każdej skardze dzwoni jeden raz.$\r$\n$\r$\nProgram zostanie zainstalowany tylko dla tego użytkownika, bez uprawnień administratora. Jeśli teraz działa, zostanie zamknięty i uruchomiony ponownie; nic z wpisanego tekstu nie przepadnie." \
  "Counterbell слышит, что говорят о вашем магазине, и о каждой жалобе звонит один раз.$\r$\n$\r$\nПрограмма устанавливается только для вас, права администратора не нужны. Если она сейчас работает, она будет закрыта и запущена снова; ничего из набранного не пропадёт."
!insertmacro SAY T_PROGRAM "Counterbell (required)" "Counterbell (wymagany)" "Counterbell (обязательно)"
!insertmacro SAY T_PROGRAM_TOLD \
  "The program with everything it needs, and its entry in the Start menu." \
  "Program ze wszystkim, czego potrzebuje, i jego pozycja w menu Start." \
  "Программа со всем необходимым и её значок в меню «Пуск»."
!insertmacro SAY T_DESKTOP "Icon on the desktop" "Ikona na pulpicie" "Значок на рабочем столе"
!insertmacro SAY T_DESKTOP_TOLD \
  "Puts an icon on the desktop." \
  "Umieszcza ikonę na pulpicie." \
  "Помещает значок на рабочий стол."
!insertmacro SAY T_AUTOSTART "Start with Windows" "Uruchamianie razem z Windows" "Запуск вместе с Windows"
!insertmacro SAY T_AUTOSTART_TOLD \
  "Counterbell then listens from the moment you sign in, out of the way beside the clock." \
  "Counterbell nasłuchuje wtedy od chwili zalogowania, dyskretnie, obok zegara." \
  "Counterbell слушает с момента входа в систему, не мешая, рядом с часами."
!insertmacro SAY T_UNINSTALL \
  "Your customers, cases and settings stay on this computer, unless you tick below that they are to be deleted." \
  "Państwa klienci, sprawy i ustawienia pozostaną na tym komputerze, chyba że poniżej zaznaczą Państwo ich usunięcie." \
  "Ваши клиенты, обращения и настройки останутся на этом компьютере, если ниже не отметить их удаление."
!insertmacro SAY T_DATA "Delete my data too" "Usuń także moje dane" "Удалить и мои данные"
!insertmacro SAY T_DATA_TOLD \
  "Deletes customers, cases, watches, passwords and settings for good." \
  "Usuwa na stałe klientów, sprawy, nasłuchy, hasła i ustawienia." \
  "Навсегда удаляет клиентов, обращения, наблюдения, пароли и настройки."
!insertmacro SAY T_BUSY \
  "Counterbell is still running and does not end. Please quit it (right-click the bell beside the clock) and try again." \
  "Counterbell nadal działa i nie kończy pracy. Proszę go zamknąć (prawym przyciskiem dzwonek obok zegara) i spróbować ponownie." \
  "Counterbell всё ещё работает и не завершается. Закройте программу (правой кнопкой по колокольчику рядом с часами) и повторите попытку."
!insertmacro SAY T_WINDOWS \
  "Counterbell needs Windows 10, version 1809, or a newer one." \
  "Counterbell wymaga systemu Windows 10 w wersji 1809 lub nowszej." \
  "Для Counterbell нужна Windows 10 версии 1809 или новее."
!insertmacro SAY T_FOLDER \
  "Nothing can be written to this folder. Please choose another one." \
  "W tym folderze nie można zapisywać. Proszę wybrać inny." \
  "В эту папку нельзя записывать. Выберите другую."
