; Installer for Windows, for Inno Setup 6.1 or newer. `packaging/bundle.py` calls it with
;   /DVersion=... /DSource=<built folder> /DOut=<folder for the result> /DRoot=<repository>
; Not tried yet: see docs/install.md.

[Setup]
AppId={{6C1D7C0B-6B39-4E0B-9D53-6E4C3C0E6A51}
AppName=Onglass
AppVersion={#Version}
AppVerName=Onglass {#Version}
DefaultDirName={autopf}\Onglass
DefaultGroupName=Onglass
; Without administrator rights it installs for one user.
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
LicenseFile={#Root}\LICENSE
OutputDir={#Out}
OutputBaseFilename=onglass-{#Version}-setup
UninstallDisplayIcon={app}\onglass.exe
Compression=lzma2
SolidCompression=yes
ChangesEnvironment=yes
ChangesAssociations=yes
; Signed where a tool of that name was set up: iscc /Songlass="signtool sign ... $f"
#ifdef Sign
SignTool=onglass
#endif

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "de"; MessagesFile: "compiler:Languages\German.isl"

[CustomMessages]
en.Path=Make the command “onglass” known in terminals
de.Path=Den Befehl „onglass“ in Terminals bekannt machen

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked
Name: "path"; Description: "{cm:Path}"; Flags: unchecked

[Files]
Source: "{#Source}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

; What an older version had and this one has not would be imported beside it.
[InstallDelete]
Type: filesandordirs; Name: "{app}\_internal"

[Icons]
Name: "{group}\Onglass"; Filename: "{app}\onglass.exe"; Parameters: "review"
Name: "{autodesktop}\Onglass"; Filename: "{app}\onglass.exe"; Parameters: "review"; Tasks: desktopicon

; Offered under "Open with"; nobody's default player is taken away.
[Registry]
Root: HKA; Subkey: "Software\Classes\Applications\onglass.exe"; ValueType: string; ValueName: "FriendlyAppName"; ValueData: "Onglass"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Applications\onglass.exe\shell\open\command"; ValueType: string; ValueData: """{app}\onglass.exe"" review ""%1"""
Root: HKA; Subkey: "Software\Classes\Applications\onglass.exe\SupportedTypes"; ValueType: string; ValueName: ".mp4"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\onglass.exe\SupportedTypes"; ValueType: string; ValueName: ".mov"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\onglass.exe\SupportedTypes"; ValueType: string; ValueName: ".mkv"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\onglass.exe\SupportedTypes"; ValueType: string; ValueName: ".mxf"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\onglass.exe\SupportedTypes"; ValueType: string; ValueName: ".ts"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\onglass.exe\SupportedTypes"; ValueType: string; ValueName: ".webm"; ValueData: ""

[Run]
Filename: "{app}\onglass.exe"; Parameters: "review"; Description: "{cm:LaunchProgram,Onglass}"; Flags: nowait postinstall skipifsilent

[Code]
const
  EnvironmentKey = 'Environment';

function IsOnPath(const Folder: string; const Paths: string): Boolean;
begin
  Result := Pos(';' + Uppercase(Folder) + ';', ';' + Uppercase(Paths) + ';') > 0;
end;

procedure CurStepChanged(Step: TSetupStep);
var
  Paths: string;
begin
  if (Step <> ssPostInstall) or not WizardIsTaskSelected('path') then
    exit;
  if not RegQueryStringValue(HKCU, EnvironmentKey, 'Path', Paths) then
    Paths := '';
  if not IsOnPath(ExpandConstant('{app}'), Paths) then
  begin
    if (Paths <> '') and (Paths[Length(Paths)] <> ';') then
      Paths := Paths + ';';
    RegWriteExpandStringValue(HKCU, EnvironmentKey, 'Path', Paths + ExpandConstant('{app}'));
  end;
end;

procedure CurUninstallStepChanged(Step: TUninstallStep);
var
  Paths: string;
begin
  if Step <> usPostUninstall then
    exit;
  if not RegQueryStringValue(HKCU, EnvironmentKey, 'Path', Paths) then
    exit;
  if IsOnPath(ExpandConstant('{app}'), Paths) then
  begin
    StringChangeEx(Paths, ';' + ExpandConstant('{app}'), '', True);
    StringChangeEx(Paths, ExpandConstant('{app}') + ';', '', True);
    if CompareText(Paths, ExpandConstant('{app}')) = 0 then
      Paths := '';
    RegWriteExpandStringValue(HKCU, EnvironmentKey, 'Path', Paths);
  end;
end;
