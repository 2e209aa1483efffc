@echo off
rem The same tasks as the Makefile: make.bat run, make.bat test, make.bat check ...
setlocal
cd /d "%~dp0"
set "PYTHON=python"
where py >nul 2>nul && set "PYTHON=py -3"
%PYTHON% -m installer.bootstrap %*
exit /b %ERRORLEVEL%
