select premises();
