"""Quality of boilerplate removal, per data set, language and page type, beside other tools."""
