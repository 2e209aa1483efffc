; The installer for Windows, made by Inno Setup 6. `make.bat build` calls it with
;   /DVersion=<version> /DSource=<frozen program> /DIcons=<icons> /DOut=<folder for the installer> /DMoment=<date and time>
; Installs for one person without rights of an administrator; whoever has them may choose to install for everybody.

#define Title "Plant Carbon Audit"
#define Id "PlantCarbonAudit"
#define Window "plant-carbon-audit.exe"

[Setup]
AppId={{6B0D2C1E-3D5B-4C57-9E3A-8A1F7B5D2C90}
AppName={#Title}
AppVersion={#Version}
AppPublisher=Plant Carbon Audit contributors
VersionInfoVersion={#Version}
DefaultDirName={autopf}\{#Title}
DefaultGroupName={#Title}
DisableProgramGroupPage=yes
DisableDirPage=auto
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog commandline
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
ChangesAssociations=yes
ChangesEnvironment=yes
CloseApplications=yes
RestartApplications=no
ShowLanguageDialog=auto
LanguageDetectionMethod=uilanguage
WizardStyle=modern
SetupIconFile={#Icons}\program.ico
UninstallDisplayName={#Title}
UninstallDisplayIcon={app}\{#Window}
Compression=lzma2/max
SolidCompression=yes
TimeStampsInUTC=yes
TouchDate={#Copy(Moment, 1, 10)}
TouchTime={#Copy(Moment, 12, 8)}
OutputDir={#Out}
OutputBaseFilename=plant-carbon-audit-{#Version}-windows-x86_64-setup
#ifdef Signed
SignTool=standard
SignedUninstaller=yes
#endif

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
; What ChineseSimplified.isl does not say comes from Default.isl.
Name: "zh"; MessagesFile: "compiler:Default.isl,ChineseSimplified.isl"

[CustomMessages]
en.Program=Plant Carbon Audit
zh.Program=工厂碳审计
en.PlantFile=Plant file
zh.PlantFile=工厂文件
en.GroupFile=Group file
zh.GroupFile=集团文件
en.CommandLine=Find the command line (plant-audit) from every folder
zh.CommandLine=在任何文件夹中都能使用命令行 plant-audit

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked
Name: "path"; Description: "{cm:CommandLine}"; Flags: unchecked

[InstallDelete]
; Nothing of an earlier version may stay between the files of this one.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Source}\*"; DestDir: "{app}"; Flags: recursesubdirs createallsubdirs ignoreversion touch
Source: "{#Icons}\plant-file.ico"; DestDir: "{app}"; Flags: ignoreversion touch
Source: "{#Icons}\group-file.ico"; DestDir: "{app}"; Flags: ignoreversion touch

[Icons]
Name: "{autoprograms}\{cm:Program}"; Filename: "{app}\{#Window}"; AppUserModelID: "{#Id}"
Name: "{autodesktop}\{cm:Program}"; Filename: "{app}\{#Window}"; AppUserModelID: "{#Id}"; Tasks: desktopicon

[Registry]
Root: HKA; Subkey: "Software\Classes\.plant"; ValueType: string; ValueName: ""; ValueData: "{#Id}.plant"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\.plant\OpenWithProgids"; ValueType: string; ValueName: "{#Id}.plant"; ValueData: ""; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\{#Id}.plant"; ValueType: string; ValueName: ""; ValueData: "{cm:PlantFile}"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\{#Id}.plant\DefaultIcon"; ValueType: string; ValueName: ""; ValueData: "{app}\plant-file.ico"
Root: HKA; Subkey: "Software\Classes\{#Id}.plant\shell\open\command"; ValueType: string; ValueName: ""; ValueData: """{app}\{#Window}"" ""%1"""
Root: HKA; Subkey: "Software\Classes\.group"; ValueType: string; ValueName: ""; ValueData: "{#Id}.group"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\.group\OpenWithProgids"; ValueType: string; ValueName: "{#Id}.group"; ValueData: ""; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\{#Id}.group"; ValueType: string; ValueName: ""; ValueData: "{cm:GroupFile}"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\{#Id}.group\DefaultIcon"; ValueType: string; ValueName: ""; ValueData: "{app}\group-file.ico"
Root: HKA; Subkey: "Software\Classes\{#Id}.group\shell\open\command"; ValueType: string; ValueName: ""; ValueData: """{app}\{#Window}"" ""%1"""
Root: HKA; Subkey: "Software\Classes\Applications\{#Window}"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Applications\{#Window}\SupportedTypes"; ValueType: string; ValueName: ".plant"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\{#Window}\SupportedTypes"; ValueType: string; ValueName: ".group"; ValueData: ""

[Run]
Filename: "{app}\{#Window}"; Description: "{cm:LaunchProgram,{cm:Program}}"; Flags: nowait postinstall skipifsilent

; Plant files, settings and the demo belong to the person: uninstalling takes away only what was installed.

[Code]
const
  OfEverybody = 'SYSTEM\CurrentControlSet\Control\Session Manager\Environment';
  OfPerson = 'Environment';

function PathRoot(): Integer;
begin
  if IsAdminInstallMode() then Result := HKEY_LOCAL_MACHINE else Result := HKEY_CURRENT_USER;
end;

function PathKey(): String;
begin
  if IsAdminInstallMode() then Result := OfEverybody else Result := OfPerson;
end;

{ The path without our folder; empty entries go with it. }
function WithoutUs(Paths: String): String;
var
  Place: Integer;
  One: String;
begin
  Result := '';
  while Paths <> '' do
  begin
    Place := Pos(';', Paths);
    if Place = 0 then Place := Length(Paths) + 1;
    One := Copy(Paths, 1, Place - 1);
    Delete(Paths, 1, Place);
    if (One <> '') and (CompareText(RemoveBackslash(One), ExpandConstant('{app}')) <> 0) then
    begin
      if Result <> '' then Result := Result + ';';
      Result := Result + One;
    end;
  end;
end;

procedure SetPath(WithUs: Boolean);
var
  Before, After: String;
begin
  if not RegQueryStringValue(PathRoot(), PathKey(), 'Path', Before) then Before := '';
  After := WithoutUs(Before);
  if WithUs then
  begin
    if After <> '' then After := After + ';';
    After := After + ExpandConstant('{app}');
  end;
  if After <> Before then RegWriteExpandStringValue(PathRoot(), PathKey(), 'Path', After);
end;

procedure CurStepChanged(CurStep: TSetupStep);
begin
  if (CurStep = ssPostInstall) and WizardIsTaskSelected('path') then SetPath(True);
end;

procedure CurUninstallStepChanged(CurUninstallStep: TUninstallStep);
begin
  if CurUninstallStep = usPostUninstall then SetPath(False);
end;
